; Inno Setup's recipe: iscc packaging\windows.iss, after `python packaging\windows.py`.
; Installs for the person who runs it, without administrator rights; /VERYSILENT asks nothing. Settings, models and
; journals of the person are outside of what is installed here, and stay when it is removed.
#include "facts.iss"

[Setup]
AppId={#AppId}
AppName={#AppTitle}
AppVersion={#AppVersion}
AppPublisher={#AppPublisher}
AppComments={#AppSummary}
DefaultDirName={autopf}\{#AppTitle}
DefaultGroupName={#AppTitle}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DisableProgramGroupPage=yes
LicenseFile={#Root}\LICENSE
OutputDir={#Root}\dist
OutputBaseFilename={#AppName}-{#AppVersion}-windows-x64-setup
SetupIconFile={#Root}\build\icon.ico
UninstallDisplayIcon={app}\{#AppWindowed}.exe
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
WizardStyle=modern

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "contextmenu"; Description: "Add “{#RestoreAction}” to the menu of pictures"
Name: "path"; Description: "Add the command {#AppName} to PATH"; Flags: unchecked

[InstallDelete]
; what an older version had inside must not stay
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\dist\{#AppName}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#AppTitle}"; Filename: "{app}\{#AppWindowed}.exe"; AppUserModelID: "{#AppId}"
Name: "{userdesktop}\{#AppTitle}"; Filename: "{app}\{#AppWindowed}.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\{#AppId}"; ValueType: string; ValueData: "{#AppTitle}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#AppId}\shell\open\command"; ValueType: string; ValueData: """{app}\{#AppWindowed}.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\{#AppWindowed}.exe\shell\open\command"; ValueType: string; ValueData: """{app}\{#AppWindowed}.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\{#AppTitle}\Capabilities"; ValueType: string; ValueName: "ApplicationName"; ValueData: "{#AppTitle}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\{#AppTitle}\Capabilities"; ValueType: string; ValueName: "ApplicationDescription"; ValueData: "{#AppSummary}"
Root: HKA; Subkey: "Software\RegisteredApplications"; ValueType: string; ValueName: "{#AppTitle}"; ValueData: "Software\{#AppTitle}\Capabilities"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath
; one block for each file type
#define Suffix
#sub TypeEntries
Root: HKA; Subkey: "Software\Classes\{#Suffix}\OpenWithProgids"; ValueType: string; ValueName: "{#AppId}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\{#AppTitle}\Capabilities\FileAssociations"; ValueType: string; ValueName: "{#Suffix}"; ValueData: "{#AppId}"
Root: HKA; Subkey: "Software\Classes\Applications\{#AppWindowed}.exe\SupportedTypes"; ValueType: string; ValueName: "{#Suffix}"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\{#Suffix}\shell\{#AppId}"; ValueType: string; ValueData: "{#RestoreAction}"; Flags: uninsdeletekey; Tasks: contextmenu
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\{#Suffix}\shell\{#AppId}"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#AppWindowed}.exe"; Tasks: contextmenu
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\{#Suffix}\shell\{#AppId}\command"; ValueType: string; ValueData: """{app}\{#AppWindowed}.exe"" ""%1"""; Tasks: contextmenu
#endsub
#define Index
#for {Index = 0; Index < SuffixCount; Index++} Suffix = Suffixes[Index], TypeEntries

[Run]
Filename: "{app}\{#AppWindowed}.exe"; Description: "{cm:LaunchProgram,{#AppTitle}}"; Flags: nowait postinstall skipifsilent

[Code]
function NotOnPath(): Boolean;
var
  Stored: String;
begin
  Result := not RegQueryStringValue(HKCU, 'Environment', 'Path', Stored)
    or (Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Stored) + ';') = 0);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Stored, Own: String;
  Place: Integer;
begin
  // only what was added is cut out: the value is the person's
  if (CurUninstallStep = usPostUninstall) and RegQueryStringValue(HKCU, 'Environment', 'Path', Stored) then
  begin
    Own := ';' + ExpandConstant('{app}');
    Place := Pos(Uppercase(Own) + ';', Uppercase(Stored) + ';');
    if Place > 0 then
    begin
      Delete(Stored, Place, Length(Own));
      RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Stored);
    end;
  end;
end;
