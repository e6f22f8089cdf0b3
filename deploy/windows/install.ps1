# Puts the kiosk in place of the desktop for one account, through the MDM bridge. Not tried on Windows yet: try it on a
# machine that may be set up anew. Windows Enterprise, Education or IoT Enterprise; must run as SYSTEM:
#   psexec.exe -i -s powershell.exe -ExecutionPolicy Bypass -File C:\GigKiosk\install.ps1
# To undo it: set ShellLauncher to $null in the same way.

$ErrorActionPreference = 'Stop'
$account = 'gigkiosk'
$folder = 'C:\GigKiosk'
$data = 'C:\ProgramData\GigKiosk'

Enable-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher -All -NoRestart | Out-Null

if (-not (Get-LocalUser -Name $account -ErrorAction SilentlyContinue)) {
    $password = Read-Host -AsSecureString "Password for $account"
    New-LocalUser -Name $account -Password $password -PasswordNeverExpires -UserMayNotChangePassword | Out-Null
}
New-Item -ItemType Directory -Force -Path $data | Out-Null
icacls $data /inheritance:r /grant 'SYSTEM:(OI)(CI)F' "${account}:(OI)(CI)M" | Out-Null

$xml = Get-Content -Raw -Encoding UTF8 "$folder\ShellLauncher.xml"
$bridge = Get-CimInstance -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess'
$bridge.ShellLauncher = [System.Net.WebUtility]::HtmlEncode($xml)
Set-CimInstance -CimInstance $bridge

# Edge swipes, the first-touch animation and the lock screen's own time-outs.
$policies = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows'
New-Item -Force -Path "$policies\EdgeUI" | Out-Null
Set-ItemProperty -Path "$policies\EdgeUI" -Name 'AllowEdgeSwipe' -Type DWord -Value 0
powercfg /change standby-timeout-ac 0
powercfg /change monitor-timeout-ac 0

Write-Output "Sign in as $account. Staff close the kiosk from its console; Ctrl+Alt+Del leads to another account."
