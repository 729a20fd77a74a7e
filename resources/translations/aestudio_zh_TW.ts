<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
  <context>
    <name>CanvasBar</name>
    <message>
      <source>1 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>2 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About this picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amplification</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divider across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four screen pixels for each pixel (2).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hold to see the original (or hold the space bar on the picture).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much stronger than it is the difference is shown; grey is no difference.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One screen pixel for each pixel (1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Original</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show before and after on two sides of a divider, or the result alone. Arrow keys move it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the whole picture (0).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side by side</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ways to compare</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was removed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>CompareView</name>
    <message>
      <source>After</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>DenoiseTab</name>
    <message>
      <source>Denoise</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>DropArea</name>
    <message>
      <source>Choose pictures to restore (Ctrl+O).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install aestudio again, or train one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open pictures…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Or try one of these</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try the sample {name}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FailedPage</name>
    <message>
      <source>Copy details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the technical details, for a report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open this picture once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} could not be opened</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FileList</name>
    <message>
      <source>Remove from the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>GenerateTab</name>
    <message>
      <source>Drawing the map…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export sheet…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Generate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far from the most typical picture the samples stray (the temperature).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make new pictures from the seed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Making samples…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map of the latent space</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move over it, or use the arrow keys.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move over the map to see what lies there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New seed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model that makes pictures is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model that makes pictures is installed.
Train one, or install aestudio again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No samples.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pick another seed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures (*.png *.tif *.jpg *.webp)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place on the map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ready.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the samples as one picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network that makes the pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The picture under the cursor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same seed gives the same samples again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This model's space has more than two dimensions, so there is no map of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Under the cursor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Variety</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>Compute what is still missing, or all of it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many times larger each side becomes: pick one, or type any number above 1 up to 16.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much of the restored picture is mixed into the original; 0 leaves it as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How noisy the picture is taken to be: more removes more grain, and in the end fine detail.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made at ×{model}, then resized to ×{scale:g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measure it (auto)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measure the noise automatically</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model for this task is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Noise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only for this picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore and save every picture of the list into a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save as…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the restored picture to a file (Ctrl+S).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scale</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings only for this picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Strength</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network that restores the picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The noise is estimated from the picture's own pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These settings are this picture's own; the others keep theirs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trust</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a number above 1, up to 16.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was removed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>auto</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>⚠ Unlike the pictures that this model was trained on: look closely at the result.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Intake</name>
    <message>
      <source>Check its permissions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check that there is room in {folder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy one and paste it here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures ({kinds});;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} cannot be made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pasted picture could not be stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no picture on the clipboard.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LabelledSlider</name>
    <message>
      <source>{help} Double-click for {default:g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{label} value</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Copy settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Denoise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill the screen, or stop that (F).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fold panels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Full screen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Generate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on saving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide the panels, or show them again (F9).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Menu</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models, training, preferences.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open pictures…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures are still being saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preferences…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo a setting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save as…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting the engine…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop and close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop saving and close? Files that are already saved stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Super-resolution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tasks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo a setting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} of the last session can no longer be found.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModelsDialog</name>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close this list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Installed models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is installed. Install aestudio again, or train one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own models lie in {folder}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NoticeBar</name>
    <message>
      <source>Close this notice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the technical details, for a report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismiss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do the same once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OutputPanel</name>
    <message>
      <source>Bits for each colour; more lose less in later editing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>EXIF, XMP, IPTC and the colour profile go along; without it only the colour profile does.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Floating point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format, depth, quality and data of saved files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep camera data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of formats that lose something: higher loses less and takes more room.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Original depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Original format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quality</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What results are stored as where no name says it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} bits</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source> megapixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A change of language or device takes effect at the next start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apple graphics (mps)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close; changes are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark, light, or as the system has it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest picture in megapixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nvidia or AMD graphics (cuda)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open subfolders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the subfolders of a folder too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures with more pixels are refused, since they may be made to exhaust the memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preferences</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor (CPU)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The language of the window. A change takes effect when aestudio starts again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The usual limit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What computes. A change takes effect when aestudio starts again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When a folder is dropped, its subfolders' pictures are opened as well.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Recipes</name>
    <message>
      <source>That model is not installed here; the usual one takes its place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model of that name here is another file: results may differ.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use its settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was denoised by aestudio with the model {model}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} was enlarged by aestudio with the model {model}.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RestoreTab</name>
    <message>
      <source>Before and after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose pictures to restore (Ctrl+O).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop a photo or a folder here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop pictures here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is enlarged at once, with detail that a plain resize does not have.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its noise is measured and removed at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model for this task is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model for this task is installed. Install aestudio again, or train one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening {name}…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ready.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restoring…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save all {n}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. Restore goes on from here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pictures that are open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wheel zooms, drag moves, space shows the original, arrow keys move the divider.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n}. Drop more anywhere.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Saves</name>
    <message>
      <source>Paused: {n} of {total} saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures ({kinds})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save all into this folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the restored picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving {n} of {total}…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source>A noise level of {0} is out of range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A quality of {0} is out of range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A scale of {0} is out of range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A strength of {0} is out of range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A temperature of {0} is out of range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add what is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for permission to read it, or copy it elsewhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Available: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check its path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check its rights and free space.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check that the file is complete, or save it again with another program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the disk, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the path and the disk that it lies on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose .png, .tif, .jpg, .webp, .avif, .jxl or .exr.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose 0 to 100, or auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose 0 to 5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose 1 to 100.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose 1 to 10000.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose PNG or TIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a model of the task vae.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a shorter one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another folder or format.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another name, or allow it with --overwrite.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose at least {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose auto, cpu, cuda, cuda:N or mps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose auto, or another model to set a level.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose auto, {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose denoise or upscale.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose keep, 8, 16 or 32f.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose more than 1, up to 16.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one for {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of the same task.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the model that they were made with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the pictures in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close other programs and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close other programs or use a smaller picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy or download it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy or save it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the recipe file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Create it, or choose another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Denoise, fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Digits on a map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enlarge ×2, fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enlarge ×3, fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enlarge ×4, fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enlarge ×4, photo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faithful ×2 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faithful ×3 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Faithful ×4 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fetch the file again or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files ending in {0} cannot be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some disk space.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some space or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Handwritten digits in two dimensions: every point of the map is a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If you trust it, allow it with --max-pixels {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install aestudio again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install that version to use it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Installed models: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds a sequence of pictures; the first one is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds {0} more channel{1}; only colour and alpha are used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds {0} pictures; the first one is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is unlike the pictures that this model was trained on: look closely at the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It knows {0}; install a newer version or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It reads JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, OpenEXR, JPEG 2000, BMP, GIF, PSD and camera RAW.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was developed from camera RAW to 16-bit sRGB with the camera's white balance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its CMYK inks were converted to sRGB by a plain formula, because it holds no usable profile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its CMYK inks were converted to sRGB through its own profile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its palette was expanded to full colours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its {0} values are read as 32-bit float.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Knows noise from {0} to {1} (of 255).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave one of them out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes pictures {0} times larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measured on {0}: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move it away or free some space.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a TOML file or one of: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a folder of pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a folder of whole pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a folder that holds JPEG, PNG or TIFF files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the file after the model's id.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model for the task “{0}” is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No picture in {0} is at least {1} pixels on its shorter side.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No space left on the disk of {0} for {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the pictures in {0} can be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only a model with two latent dimensions has a map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only models made by aestudio can be used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Photo, fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put MNIST's four idx.gz files into one folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put the original file back or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put the original file back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove or rename them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removes grain of a known or estimated strength, in colour and in grey.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removes the noise of cameras and the blocks of JPEG files from photos; it judges by itself how much there is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume from the last checkpoint with half the learning rate.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume with the recipe it was started with, or train under another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scene-linear values are written display-encoded and clipped to 0..1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something went wrong inside aestudio.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start the run anew without --resume.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take it out of the folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checkpoint {0} belongs to another recipe.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checkpoint {0} cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checkpoint {0} cannot be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The design “{0}” cannot be built from the arguments on the model's card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The device “{0}” is not available on this machine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The engine stopped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {0} cannot be written to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {0} cannot be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {0} does not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The journal {0} cannot be used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The journal {0} was made by a newer version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The loss stopped being a number at step {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card in {0} is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card in {0} is incomplete.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model to start from has another design.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model “{0}” exists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model “{0}” is for the task {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model “{0}” judges the noise by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model “{0}” makes no pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name {0} is too long for this disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name {0} says {1}, the format asked for is {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network design “{0}” is not known to this version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The next job starts it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The path of {0} is not one that can be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recipe has unknown keys: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recipe is incomplete: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recipe is not usable: {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recipe {0} is not valid TOML: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run was started with the {0} {1}, the recipe says {2}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tensors in {0} do not fit the design on its card (first: {1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vectors are of shape {0}; this model takes (N, {1}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weight file {0} cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weight file {0} is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weight file {0} is incomplete: {1} of {2} bytes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weights cannot be written to {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The window system reported a problem.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no pictures in {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no depth {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no device “{0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no folder {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model “{0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no output format {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no precision “{0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no recipe {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room on the disk for this result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no task “{0}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is not enough memory for this picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is too little memory to write {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles of {0} pixels are too small.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trained on {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again; a smaller picture needs less memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use --depth {0} or TIFF.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use larger pictures or a smaller patch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use letters, digits, dots and dashes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use one of {0}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use that version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the recipe it was started with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values are rounded from {0} to {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your files are unharmed. If it happens again, report it with the details.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} --overwrite or another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} calls itself “{1}” on its card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot be read as a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot be read: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} cannot hold the source's {1}; it is left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} carries no model card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} could not be written: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} does not hold {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} exists already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} holds no transparency; the alpha plane is left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} holds pictures up to {1} pixels a side, and this one has {2} x {3}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is a folder, not a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is damaged or incomplete: {1}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is damaged: its pixels are fewer than its header says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is empty (zero bytes).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is for the task “{1}”, which this version does not know.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is incomplete: {1} of {2} rows arrived.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is not a picture that aestudio knows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} is not a weight file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} may not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} needs more memory than there is to decode.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} needs more memory than there is to open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} pictures cannot be drawn at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} says it is {1} x {2} = {3}, above the limit of {4}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} was made by a newer version of aestudio.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} was not saved: what reached the disk cannot be read back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{0} was not saved: what reached the disk differs from what was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>×4 enlargement of photos that were blurred, noisy or compressed before they got small: it cleans while it enlarges.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{0}” cannot be a model's name.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StatusRow</name>
    <message>
      <source>Begin no further file until you go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop what is going on; finished files stay.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SuperResolutionTab</name>
    <message>
      <source>Super-resolution</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrainDialog</name>
    <message>
      <source>A folder of clean, sharp pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clean, sharp pictures of your kind.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close this window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the command.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run this in a terminal where aestudio is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a model on your pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training runs in a terminal. Choose the task and a folder, copy the command and run it there; 30 minutes give a useful model. When it is done, the model is in the list here after a restart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model shall do.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Words</name>
    <message>
      <source>, </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, {mega:.3g} MP</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done. Noise measured at {noise:.1f} of 255.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done. Noise set to {noise:.1f} of 255.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done. {size}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next to nothing was removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rest is filled in while nothing else is to be done: {share}%.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was removed looks like noise.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>about {hours:.1f} h left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>about {minutes} min left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>about {seconds} s left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>less than 1 s left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{verb} {done} of 1 tile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{verb} {done} of {total} tiles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>⚠ Edges were removed too: lower the strength or the noise level.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>⚠ Some noise seems to be left: raise the noise level.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
