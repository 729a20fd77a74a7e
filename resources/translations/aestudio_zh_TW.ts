<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About aestudio</source>
      <translation>關於 aestudio</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>複製</translation>
    </message>
    <message>
      <source>Copy the version, folders and licences.</source>
      <translation>複製版本、資料夾與授權條款。</translation>
    </message>
    <message>
      <source>Crash reports</source>
      <translation>當機報告</translation>
    </message>
    <message>
      <source>Log of the engine</source>
      <translation>引擎記錄</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Version, folders and licences</source>
      <translation>版本、資料夾與授權條款</translation>
    </message>
    <message>
      <source>Whose work it stands on is listed under Licences in the menu.</source>
      <translation>所依據的他人成果列於選單的「授權條款」。</translation>
    </message>
    <message>
      <source>Your own models</source>
      <translation>您自己的模型</translation>
    </message>
    <message>
      <source>aestudio has no network access: it looks for no updates, counts nothing and sends nothing. Your pictures, models and reports stay on this machine.</source>
      <translation>aestudio 不使用網路：不檢查更新、不統計、不傳送任何資料。您的圖片、模型與報告都留在這台機器上。</translation>
    </message>
    <message>
      <source>aestudio is under the Apache License 2.0; each model is under the licence on its card.</source>
      <translation>aestudio 採用 Apache License 2.0；各模型依其模型卡上的授權。</translation>
    </message>
  </context>
  <context>
    <name>Advanced</name>
    <message>
      <source> min</source>
      <translation> 分鐘</translation>
    </message>
    <message>
      <source>A model that has learned already suits small folders better; nothing is the long way.</source>
      <translation>已學習過的模型較適合小資料夾；從零開始要花很久。</translation>
    </message>
    <message>
      <source>A small network is fast, a large one learns more. A model to start from can grow, not shrink.</source>
      <translation>小的網路快，大的學得更多。起始的模型可以長大，不能縮小。</translation>
    </message>
    <message>
      <source>Augmentation</source>
      <translation>資料增強</translation>
    </message>
    <message>
      <source>Back to the usual values</source>
      <translation>恢復慣用值</translation>
    </message>
    <message>
      <source>Batch</source>
      <translation>批次大小</translation>
    </message>
    <message>
      <source>Beta</source>
      <translation>Beta</translation>
    </message>
    <message>
      <source>Choose what happens to your pictures</source>
      <translation>自行選擇圖片的劣化方式</translation>
    </message>
    <message>
      <source>Each folder is a class</source>
      <translation>每個資料夾為一個類別</translation>
    </message>
    <message>
      <source>Flip and turn</source>
      <translation>翻轉與旋轉</translation>
    </message>
    <message>
      <source>Flipped and turned pictures count as new ones; text and digits must stay upright.</source>
      <translation>翻轉與旋轉後的圖片視為新圖片；文字與數字必須保持正立。</translation>
    </message>
    <message>
      <source>Held out</source>
      <translation>保留張數</translation>
    </message>
    <message>
      <source>How long to train, in minutes.</source>
      <translation>訓練時間，以分鐘計。</translation>
    </message>
    <message>
      <source>How many numbers say what is in a picture.</source>
      <translation>用多少個數字描述一張圖片。</translation>
    </message>
    <message>
      <source>How many pictures are kept to judge by; never more than a fifth of them.</source>
      <translation>保留多少張圖片用於評估；最多不超過五分之一。</translation>
    </message>
    <message>
      <source>How many pieces a step learns from.</source>
      <translation>每一步從多少塊圖片學習。</translation>
    </message>
    <message>
      <source>Image size</source>
      <translation>圖片大小</translation>
    </message>
    <message>
      <source>Its network, and what it is taught.</source>
      <translation>它的網路，以及教它什麼。</translation>
    </message>
    <message>
      <source>Kind of model</source>
      <translation>模型種類</translation>
    </message>
    <message>
      <source>Large</source>
      <translation>大型</translation>
    </message>
    <message>
      <source>Latent size</source>
      <translation>潛在向量大小</translation>
    </message>
    <message>
      <source>Leave upright</source>
      <translation>保持正立</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>損失函數</translation>
    </message>
    <message>
      <source>Minutes</source>
      <translation>分鐘</translation>
    </message>
    <message>
      <source>Mirror</source>
      <translation>鏡像</translation>
    </message>
    <message>
      <source>More makes the map smoother and the pictures blurrier.</source>
      <translation>數值越大，地圖越平滑，圖片也越模糊。</translation>
    </message>
    <message>
      <source>Network size</source>
      <translation>網路大小</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>從零開始</translation>
    </message>
    <message>
      <source>Patch</source>
      <translation>區塊大小</translation>
    </message>
    <message>
      <source>Small</source>
      <translation>小型</translation>
    </message>
    <message>
      <source>Start from</source>
      <translation>起始模型</translation>
    </message>
    <message>
      <source>Take what comes with the kind of model.</source>
      <translation>採用此模型種類隨附的設定。</translation>
    </message>
    <message>
      <source>The model is told which folder a picture lies in, and makes pictures of the one you name.</source>
      <translation>模型會得知圖片位於哪個資料夾，並產生您指定類別的圖片。</translation>
    </message>
    <message>
      <source>The side of the pictures that are made.</source>
      <translation>所產生圖片的邊長。</translation>
    </message>
    <message>
      <source>The side of the pieces that are learned from.</source>
      <translation>學習所用圖塊的邊長。</translation>
    </message>
    <message>
      <source>Usual</source>
      <translation>慣用</translation>
    </message>
    <message>
      <source>What counts as far from the truth: L1 keeps edges, L2 gains PSNR, Charbonnier lies between.</source>
      <translation>如何衡量與真實圖片的差距：L1 保留邊緣，L2 提高 PSNR，Charbonnier 介於兩者之間。</translation>
    </message>
    <message>
      <source>Without it they are damaged as the kind of model says.</source>
      <translation>未勾選時，依模型種類的設定進行劣化。</translation>
    </message>
  </context>
  <context>
    <name>Arithmetic</name>
    <message>
      <source>A
begin with</source>
      <translation>A
起點</translation>
    </message>
    <message>
      <source>A: begin with</source>
      <translation>A：起點</translation>
    </message>
    <message>
      <source>B
take away</source>
      <translation>B
減去</translation>
    </message>
    <message>
      <source>B: take away</source>
      <translation>B：減去</translation>
    </message>
    <message>
      <source>Begin anew, with every weight 1.</source>
      <translation>重新開始，所有權重為 1。</translation>
    </message>
    <message>
      <source>C
add</source>
      <translation>C
加上</translation>
    </message>
    <message>
      <source>C: add</source>
      <translation>C：加上</translation>
    </message>
    <message>
      <source>Drop samples or pictures of yours into the wells, or choose one and click a well.</source>
      <translation>將樣本或您的圖片拖放到格子中，或選取一個後點按格子。</translation>
    </message>
    <message>
      <source>Empty the wells</source>
      <translation>清空格子</translation>
    </message>
    <message>
      <source>How much of {letter}</source>
      <translation>{letter} 的比重</translation>
    </message>
    <message>
      <source>How much this picture counts.</source>
      <translation>這張圖片所佔的份量。</translation>
    </message>
    <message>
      <source>Keep as a sample</source>
      <translation>保留為樣本</translation>
    </message>
    <message>
      <source>Put the result among the samples.</source>
      <translation>將結果放入樣本中。</translation>
    </message>
  </context>
  <context>
    <name>Atlas</name>
    <message>
      <source> and others</source>
      <translation>等</translation>
    </message>
    <message>
      <source>A folder as a map</source>
      <translation>以資料夾作地圖</translation>
    </message>
    <message>
      <source>Arranging the points by UMAP; the first time takes minutes…</source>
      <translation>正在以 UMAP 排列各點；第一次需要數分鐘…</translation>
    </message>
    <message>
      <source>Arranging the points…</source>
      <translation>正在排列各點…</translation>
    </message>
    <message>
      <source>Drawing the map…</source>
      <translation>正在繪製地圖…</translation>
    </message>
    <message>
      <source>Encoding pictures…</source>
      <translation>正在編碼圖片…</translation>
    </message>
    <message>
      <source>Encoding pictures… {done} of {total}</source>
      <translation>正在編碼圖片… {done} / {total}</translation>
    </message>
    <message>
      <source>Looking for duplicates…</source>
      <translation>正在尋找重複的圖片…</translation>
    </message>
    <message>
      <source>This model’s latent space has one dimension, and a map needs two. Choose another model.</source>
      <translation>此模型的潛在空間只有一維，而地圖需要二維。請選擇另一個模型。</translation>
    </message>
    <message>
      <source>{count} of the pictures that it learned from</source>
      <translation>它學習過的 {count} 張圖片</translation>
    </message>
    <message>
      <source>{n} files could not be read and were left out: {names}{more}.</source>
      <translation>{n} 個檔案無法讀取，已略過：{names}{more}。</translation>
    </message>
    <message>
      <source>{pictures} in {folder}</source>
      <translation>{folder} 中的 {pictures}</translation>
    </message>
  </context>
  <context>
    <name>AtlasPanel</name>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Choose nothing.</source>
      <translation>取消所有選取。</translation>
    </message>
    <message>
      <source>Choose one to see where it lies.</source>
      <translation>選擇一項以查看它的位置。</translation>
    </message>
    <message>
      <source>Choose the points of that name.</source>
      <translation>選取該名稱的點。</translation>
    </message>
    <message>
      <source>Choose what the model cannot reconstruct well.</source>
      <translation>選取模型無法好好重建的圖片。</translation>
    </message>
    <message>
      <source>Chosen points</source>
      <translation>選取的點</translation>
    </message>
    <message>
      <source>Contours</source>
      <translation>等高線</translation>
    </message>
    <message>
      <source>Draw a line around points; or drag with Shift.</source>
      <translation>以線圈選各點；或按住 Shift 拖曳。</translation>
    </message>
    <message>
      <source>Draw a rectangle around points.</source>
      <translation>以矩形框選各點。</translation>
    </message>
    <message>
      <source>Draw lines around half and nine tenths of each group.</source>
      <translation>圍繞每組的一半與九成畫線。</translation>
    </message>
    <message>
      <source>Duplicates</source>
      <translation>重複</translation>
    </message>
    <message>
      <source>Find pictures that are much alike.</source>
      <translation>尋找非常相似的圖片。</translation>
    </message>
    <message>
      <source>Folder…</source>
      <translation>資料夾…</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>群組</translation>
    </message>
    <message>
      <source>How far apart</source>
      <translation>相距多遠</translation>
    </message>
    <message>
      <source>Its own</source>
      <translation>自帶的點</translation>
    </message>
    <message>
      <source>Lasso</source>
      <translation>套索</translation>
    </message>
    <message>
      <source>List the points most like the chosen one.</source>
      <translation>列出與所選點最相似的點。</translation>
    </message>
    <message>
      <source>Mosaic</source>
      <translation>拼圖</translation>
    </message>
    <message>
      <source>Neighbours</source>
      <translation>相近者</translation>
    </message>
    <message>
      <source>None</source>
      <translation>無</translation>
    </message>
    <message>
      <source>Not its kind</source>
      <translation>非其類型</translation>
    </message>
    <message>
      <source>Open in Denoise</source>
      <translation>在「降噪」中開啟</translation>
    </message>
    <message>
      <source>Open the chosen pictures on the Denoise page.</source>
      <translation>在「降噪」頁開啟所選圖片。</translation>
    </message>
    <message>
      <source>Pairs up to so much of the usual distance between neighbours count as duplicates.</source>
      <translation>距離不超過鄰近點平常距離的這個比例的，視為重複。</translation>
    </message>
    <message>
      <source>Plane</source>
      <translation>平面</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>點</translation>
    </message>
    <message>
      <source>Points on the map</source>
      <translation>地圖上的點</translation>
    </message>
    <message>
      <source>Rectangle</source>
      <translation>矩形</translation>
    </message>
    <message>
      <source>Save list…</source>
      <translation>儲存清單…</translation>
    </message>
    <message>
      <source>Save the chosen points as a table (CSV).</source>
      <translation>將所選的點存成表格（CSV）。</translation>
    </message>
    <message>
      <source>Search by name</source>
      <translation>依名稱搜尋</translation>
    </message>
    <message>
      <source>Show all of the map.</source>
      <translation>顯示整張地圖。</translation>
    </message>
    <message>
      <source>Show each picture as a point.</source>
      <translation>將每張圖片顯示為一點。</translation>
    </message>
    <message>
      <source>Show file</source>
      <translation>顯示檔案</translation>
    </message>
    <message>
      <source>Show the file in the system’s file manager.</source>
      <translation>在系統的檔案管理員中顯示該檔案。</translation>
    </message>
    <message>
      <source>Show the pictures of a folder and its subfolders as points, where the model places them.</source>
      <translation>將資料夾及其子資料夾的圖片顯示為點，位置由模型決定。</translation>
    </message>
    <message>
      <source>Show the pictures themselves where there is room.</source>
      <translation>在空間足夠處顯示圖片本身。</translation>
    </message>
    <message>
      <source>Show the points that the model came with again.</source>
      <translation>再次顯示模型自帶的點。</translation>
    </message>
    <message>
      <source>Show what places of the map decode to.</source>
      <translation>顯示地圖各處解碼出的圖片。</translation>
    </message>
    <message>
      <source>Thumbnails</source>
      <translation>縮圖</translation>
    </message>
    <message>
      <source>Untick a group to leave its points out.</source>
      <translation>取消勾選群組即可隱藏它的點。</translation>
    </message>
    <message>
      <source>What the points are</source>
      <translation>這些點是什麼</translation>
    </message>
    <message>
      <source>Which plane of the latent space the map shows.</source>
      <translation>地圖顯示潛在空間的哪個平面。</translation>
    </message>
    <message>
      <source>{name} ({count})</source>
      <translation>{name}（{count}）</translation>
    </message>
  </context>
  <context>
    <name>BatchCare</name>
    <message>
      <source>Files are still being written.</source>
      <translation>仍有檔案正在寫入。</translation>
    </message>
    <message>
      <source>Files that are saved already stay.</source>
      <translation>已儲存的檔案會保留。</translation>
    </message>
    <message>
      <source>Go on saving</source>
      <translation>繼續儲存</translation>
    </message>
    <message>
      <source>Pictures are still being saved.</source>
      <translation>仍有圖片正在儲存。</translation>
    </message>
    <message>
      <source>Saving has ended</source>
      <translation>儲存已結束</translation>
    </message>
    <message>
      <source>Saving is paused</source>
      <translation>儲存已暫停</translation>
    </message>
    <message>
      <source>Stop and close</source>
      <translation>停止並關閉</translation>
    </message>
    <message>
      <source>{name} is not finished yet: closing gives it up.</source>
      <translation>{name} 尚未完成：關閉就會放棄它。</translation>
    </message>
    <message>
      <source>{n} are not saved yet: the next start offers to go on with them.</source>
      <translation>還有 {n} 尚未儲存：下次啟動時可以繼續。</translation>
    </message>
    <message>
      <source>{n} could not be.</source>
      <translation>{n} 失敗。</translation>
    </message>
    <message>
      <source>{n} files are not finished yet: closing gives them up.</source>
      <translation>還有 {n} 個檔案尚未完成：關閉就會放棄它們。</translation>
    </message>
    <message>
      <source>{n} of {total} pictures are saved.</source>
      <translation>已儲存 {total} 張中的 {n} 張圖片。</translation>
    </message>
  </context>
  <context>
    <name>BlindVote</name>
    <message>
      <source>Blind vote</source>
      <translation>盲測投票</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>It is the default from now on. Pictures for which you picked a model keep it.</source>
      <translation>從現在起它就是預設值。您另外選過模型的圖片會保留原來的模型。</translation>
    </message>
    <message>
      <source>Make it the default</source>
      <translation>設為預設值</translation>
    </message>
    <message>
      <source>No clear winner.</source>
      <translation>沒有明顯的勝者。</translation>
    </message>
    <message>
      <source>No difference</source>
      <translation>沒有差別</translation>
    </message>
    <message>
      <source>None is better than the others (key 0).</source>
      <translation>沒有哪一張比其他的好（按鍵 0）。</translation>
    </message>
    <message>
      <source>Place {n} of {total}.</source>
      <translation>第 {n} 處，共 {total} 處。</translation>
    </message>
    <message>
      <source>Restore with this model from now on, unless you pick another one.</source>
      <translation>從現在起以這個模型修復，除非您另選其他模型。</translation>
    </message>
    <message>
      <source>Restoring this place…</source>
      <translation>正在修復這一處…</translation>
    </message>
    <message>
      <source>Show the names again (Esc).</source>
      <translation>再次顯示名稱(Esc)。</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The picture {letter} is the best one (key {letter} or {n}).</source>
      <translation>圖片 {letter} 最好（按鍵 {letter} 或 {n}）。</translation>
    </message>
    <message>
      <source>Which one is better?</source>
      <translation>哪一張比較好？</translation>
    </message>
    <message>
      <source>Which one is the best?</source>
      <translation>哪一張最好？</translation>
    </message>
    <message>
      <source>no difference: {n}</source>
      <translation>沒有差別：{n}</translation>
    </message>
    <message>
      <source>“{title}” won the only vote.</source>
      <translation>「{title}」贏得唯一的一票。</translation>
    </message>
    <message>
      <source>“{title}” won {n} of {total} votes.</source>
      <translation>「{title}」贏得 {total} 票中的 {n} 票。</translation>
    </message>
  </context>
  <context>
    <name>CanvasArea</name>
    <message>
      <source>Before and after</source>
      <translation>前後對照</translation>
    </message>
    <message>
      <source>Drop a photo or a folder here</source>
      <translation>把照片或資料夾拖放到這裡</translation>
    </message>
    <message>
      <source>Drop pictures here</source>
      <translation>將圖片拖放到這裡</translation>
    </message>
    <message>
      <source>It is enlarged at once, with detail that a plain resize does not have.</source>
      <translation>立即放大，並帶有一般縮放所沒有的細節。</translation>
    </message>
    <message>
      <source>Its noise is measured and removed at once.</source>
      <translation>立即測量並去除雜訊。</translation>
    </message>
    <message>
      <source>Wheel zooms, drag moves, space shows the original, arrow keys move the divider.</source>
      <translation>滾輪縮放，拖曳移動，空白鍵顯示原圖，方向鍵移動分隔線。</translation>
    </message>
  </context>
  <context>
    <name>CanvasBar</name>
    <message>
      <source>1 note</source>
      <translation>1 則說明</translation>
    </message>
    <message>
      <source>About this picture</source>
      <translation>關於這張圖片</translation>
    </message>
    <message>
      <source>Amplification</source>
      <translation>放大差異</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>比較</translation>
    </message>
    <message>
      <source>Compare models</source>
      <translation>比較模型</translation>
    </message>
    <message>
      <source>Divider</source>
      <translation>分隔線</translation>
    </message>
    <message>
      <source>Hold to see the original (or hold the space bar on the picture).</source>
      <translation>按住可看原圖（或在圖片上按住空白鍵）。</translation>
    </message>
    <message>
      <source>How much stronger than it is the difference is shown; grey is no difference.</source>
      <translation>差異顯示時放大的倍數；灰色表示沒有差異。</translation>
    </message>
    <message>
      <source>Notes on this picture</source>
      <translation>關於這張圖片的說明</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>原圖</translation>
    </message>
    <message>
      <source>Put models and files beside each other, in a window of their own (Ctrl+Shift+M).</source>
      <translation>在獨立的視窗中並排比較模型與檔案(Ctrl+Shift+M)。</translation>
    </message>
    <message>
      <source>Show before and after on two sides of a divider, or the result alone. Arrow keys move it.</source>
      <translation>以分隔線顯示前後兩側，或只看結果。方向鍵可移動分隔線。</translation>
    </message>
    <message>
      <source>Ways to compare</source>
      <translation>對照方式</translation>
    </message>
    <message>
      <source>What was left out or converted.</source>
      <translation>略去或轉換了什麼。</translation>
    </message>
    <message>
      <source>{n} notes</source>
      <translation>{n} 則說明</translation>
    </message>
  </context>
  <context>
    <name>Checker</name>
    <message>
      <source>Try again, or start without it.</source>
      <translation>請再試一次，或不檢查就開始。</translation>
    </message>
    <message>
      <source>Your pictures could not be examined.</source>
      <translation>無法檢查您的圖片。</translation>
    </message>
  </context>
  <context>
    <name>CheckupPage</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Before training starts</source>
      <translation>開始訓練之前</translation>
    </message>
    <message>
      <source>Examined before the start: {pictures}, {n} left out.</source>
      <translation>開始前檢查了 {pictures}，排除了 {n} 張。</translation>
    </message>
    <message>
      <source>Go back to what is asked for.</source>
      <translation>返回設定。</translation>
    </message>
    <message>
      <source>Leave 1 out and start</source>
      <translation>排除 1 張並開始</translation>
    </message>
    <message>
      <source>Leave these out and start</source>
      <translation>排除這些並開始</translation>
    </message>
    <message>
      <source>Leave {n} out and start</source>
      <translation>排除 {n} 張並開始</translation>
    </message>
    <message>
      <source>Looked at {done} of {total}.</source>
      <translation>已檢查 {total} 張中的 {done} 張。</translation>
    </message>
    <message>
      <source>Looking at your pictures…</source>
      <translation>正在檢查您的圖片…</translation>
    </message>
    <message>
      <source>Pictures with a tick are left out; the space bar sets and clears it.</source>
      <translation>有勾選的圖片會被排除；空白鍵可以勾選或取消。</translation>
    </message>
    <message>
      <source>Progress of the examination</source>
      <translation>檢查進度</translation>
    </message>
    <message>
      <source>Start with all</source>
      <translation>全部使用並開始</translation>
    </message>
    <message>
      <source>Start with all that can be used</source>
      <translation>用所有能用的圖片開始</translation>
    </message>
    <message>
      <source>State of the examination</source>
      <translation>檢查狀態</translation>
    </message>
    <message>
      <source>The list of pictures to leave out could not be written.</source>
      <translation>無法寫入要排除的圖片清單。</translation>
    </message>
    <message>
      <source>This stops the training</source>
      <translation>無法開始訓練</translation>
    </message>
    <message>
      <source>Train on all pictures that can be used.</source>
      <translation>用所有可用的圖片訓練。</translation>
    </message>
    <message>
      <source>Train without the pictures that have a tick.</source>
      <translation>不使用勾選的圖片訓練。</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>發現的問題</translation>
    </message>
    <message>
      <source>What was looked at, and what the run takes</source>
      <translation>檢查了什麼，以及訓練所需</translation>
    </message>
    <message>
      <source>Whether they are whole, clean, sharp and all different.</source>
      <translation>檢查是否完整、乾淨、清晰且沒有重複。</translation>
    </message>
    <message>
      <source>and {n} more</source>
      <translation>以及另外 {n} 張</translation>
    </message>
    <message>
      <source>{megapixels:,.1f} MP, up to {memory:,.0f} MB of memory, {disk:,.0f} MB of disk ({free:,.0f} GB are free), {minutes:g} min to train</source>
      <translation>{megapixels:,.1f} MP，最多 {memory:,.0f} MB 記憶體，{disk:,.0f} MB 磁碟空間（剩餘 {free:,.0f} GB），訓練 {minutes:g} 分鐘</translation>
    </message>
  </context>
  <context>
    <name>Chosen</name>
    <message>
      <source>1 chosen</source>
      <translation>已選 1 項</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>請選擇另一個資料夾。</translation>
    </message>
    <message>
      <source>Not this model’s kind of picture: {n}</source>
      <translation>不是此模型所熟悉的圖片：{n} 張</translation>
    </message>
    <message>
      <source>Save the list</source>
      <translation>儲存清單</translation>
    </message>
    <message>
      <source>Saved {path}.</source>
      <translation>已儲存 {path}。</translation>
    </message>
    <message>
      <source>Tables (*.csv)</source>
      <translation>表格 (*.csv)</translation>
    </message>
    <message>
      <source>{name}
comes back at {psnr:.1f} dB</source>
      <translation>{name}
重建後 {psnr:.1f} dB</translation>
    </message>
    <message>
      <source>{name}
distance {far:.3g}</source>
      <translation>{name}
距離 {far:.3g}</translation>
    </message>
    <message>
      <source>{name} and those most like it</source>
      <translation>{name} 及最相似者</translation>
    </message>
    <message>
      <source>{n} chosen</source>
      <translation>已選 {n} 項</translation>
    </message>
    <message>
      <source>{path} cannot be written.</source>
      <translation>無法寫入 {path}。</translation>
    </message>
    <message>
      <source>{said}; the first {n} are listed</source>
      <translation>{said}；列出前 {n} 項</translation>
    </message>
  </context>
  <context>
    <name>CleanBox</name>
    <message>
      <source>Clean first</source>
      <translation>先清理</translation>
    </message>
    <message>
      <source>Clean the picture first</source>
      <translation>先清理圖片</translation>
    </message>
    <message>
      <source>Noise and the blocks of JPEG are removed before the picture is enlarged, or they grow with it.</source>
      <translation>放大前先去除雜訊與 JPEG 區塊，否則它們會一起放大。</translation>
    </message>
  </context>
  <context>
    <name>CompareBar</name>
    <message>
      <source>Blind vote</source>
      <translation>盲測投票</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>選擇檔案…</translation>
    </message>
    <message>
      <source>In view</source>
      <translation>可見範圍</translation>
    </message>
    <message>
      <source>Measure every pane against a picture of how it should look. Choose one, or drop it here.</source>
      <translation>以一張應有樣貌的圖片來衡量每個窗格。請選擇一張，或拖放到這裡。</translation>
    </message>
    <message>
      <source>Measure what is in view, or whole pictures, for which what is missing is computed.</source>
      <translation>衡量可見範圍，或整張圖片（會先算出缺少的部分）。</translation>
    </message>
    <message>
      <source>Measured part</source>
      <translation>衡量的範圍</translation>
    </message>
    <message>
      <source>No reference</source>
      <translation>沒有參考圖</translation>
    </message>
    <message>
      <source>Panes</source>
      <translation>窗格</translation>
    </message>
    <message>
      <source>Pick the best of nameless pictures at places with detail; the names are shown at the end.</source>
      <translation>在有細節的幾處，從不具名的圖片中選出最好的；最後才顯示名稱。</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>參考圖</translation>
    </message>
    <message>
      <source>Reference: {name}</source>
      <translation>參考圖：{name}</translation>
    </message>
    <message>
      <source>Show {n} panes.</source>
      <translation>顯示 {n} 個窗格。</translation>
    </message>
    <message>
      <source>Whole picture</source>
      <translation>整張圖片</translation>
    </message>
    <message>
      <source>{n} panes</source>
      <translation>{n} 個窗格</translation>
    </message>
  </context>
  <context>
    <name>CompareKeys</name>
    <message>
      <source>Divider</source>
      <translation>分隔線</translation>
    </message>
    <message>
      <source>Divider across</source>
      <translation>橫向分隔線</translation>
    </message>
    <message>
      <source>Four screen pixels for each pixel</source>
      <translation>每個像素以四個螢幕像素顯示</translation>
    </message>
    <message>
      <source>Invented detail</source>
      <translation>無中生有的細節</translation>
    </message>
    <message>
      <source>Larger</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Move the divider, or else the picture; with Shift in larger steps</source>
      <translation>移動分隔線，沒有分隔線時移動圖片；按住 Shift 則步幅較大</translation>
    </message>
    <message>
      <source>Move the picture up or down; with Shift sideways</source>
      <translation>上下移動圖片；按住 Shift 則左右移動</translation>
    </message>
    <message>
      <source>One screen pixel for each pixel</source>
      <translation>每個像素以一個螢幕像素顯示</translation>
    </message>
    <message>
      <source>Result alone</source>
      <translation>只看結果</translation>
    </message>
    <message>
      <source>Side by side</source>
      <translation>並排</translation>
    </message>
    <message>
      <source>Smaller</source>
      <translation>縮小</translation>
    </message>
    <message>
      <source>The original, while held</source>
      <translation>按住時顯示原圖</translation>
    </message>
    <message>
      <source>The whole picture</source>
      <translation>整張圖片</translation>
    </message>
    <message>
      <source>What was removed</source>
      <translation>去除的部分</translation>
    </message>
  </context>
  <context>
    <name>CompareView</name>
    <message>
      <source>After</source>
      <translation>之後</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>之前</translation>
    </message>
  </context>
  <context>
    <name>CompareWindow</name>
    <message>
      <source>Another file…</source>
      <translation>其他檔案…</translation>
    </message>
    <message>
      <source>Choose a picture to compare</source>
      <translation>選擇要比較的圖片</translation>
    </message>
    <message>
      <source>Choose a reference</source>
      <translation>選擇參考圖</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>比較</translation>
    </message>
    <message>
      <source>Compare – {name}</source>
      <translation>比較 – {name}</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>原圖</translation>
    </message>
    <message>
      <source>Pictures ({kinds});;All files (*)</source>
      <translation>圖片 ({kinds});;所有檔案 (*)</translation>
    </message>
  </context>
  <context>
    <name>CropPicker</name>
    <message>
      <source>Click or drag to choose what is shown while it learns; arrow keys move it too.</source>
      <translation>點按或拖曳以選擇學習時顯示的部分；方向鍵也可移動。</translation>
    </message>
    <message>
      <source>Move the part that is watched; with Shift by its own size</source>
      <translation>移動觀看的部分；按住 Shift 則移動其自身大小</translation>
    </message>
    <message>
      <source>Part of the photo to watch</source>
      <translation>要觀看的照片部分</translation>
    </message>
    <message>
      <source>{side} × {side} pixels, {left} from the left and {top} from the top.</source>
      <translation>{side} × {side} 像素，距左 {left}、距上 {top}。</translation>
    </message>
  </context>
  <context>
    <name>DamageForm</name>
    <message>
      <source>Average</source>
      <translation>區域平均</translation>
    </message>
    <message>
      <source>Bicubic</source>
      <translation>雙三次</translation>
    </message>
    <message>
      <source>Bilinear</source>
      <translation>雙線性</translation>
    </message>
    <message>
      <source>Blur</source>
      <translation>模糊</translation>
    </message>
    <message>
      <source>Camera noise</source>
      <translation>相機雜訊</translation>
    </message>
    <message>
      <source>Downscaling</source>
      <translation>縮小</translation>
    </message>
    <message>
      <source>Even grain, the same in light and dark.</source>
      <translation>均勻的顆粒，亮部與暗部相同。</translation>
    </message>
    <message>
      <source>Gaussian noise</source>
      <translation>高斯雜訊</translation>
    </message>
    <message>
      <source>Grain as a camera's sensor and processing leave it.</source>
      <translation>相機感光元件與處理所留下的顆粒。</translation>
    </message>
    <message>
      <source>How it is made smaller</source>
      <translation>縮小方式</translation>
    </message>
    <message>
      <source>How pixels are put together where a picture is made smaller.</source>
      <translation>縮小圖片時如何合併像素。</translation>
    </message>
    <message>
      <source>JPEG quality</source>
      <translation>JPEG 品質</translation>
    </message>
    <message>
      <source>Nearest pixel</source>
      <translation>最近像素</translation>
    </message>
    <message>
      <source>The blocks and rings of compression; low is strong.</source>
      <translation>壓縮造成的方塊與波紋；數值越低越強。</translation>
    </message>
    <message>
      <source>The picture is made smaller and enlarged again.</source>
      <translation>圖片先縮小再放大。</translation>
    </message>
    <message>
      <source>The picture is softened, as by a lens out of focus.</source>
      <translation>圖片變得柔和，如同鏡頭失焦。</translation>
    </message>
    <message>
      <source>What happens to your pictures</source>
      <translation>圖片的劣化方式</translation>
    </message>
    <message>
      <source>of 255</source>
      <translation>／255</translation>
    </message>
    <message>
      <source>px</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>{name}: highest</source>
      <translation>{name}：最高</translation>
    </message>
    <message>
      <source>{name}: lowest</source>
      <translation>{name}：最低</translation>
    </message>
  </context>
  <context>
    <name>DamagePreview</name>
    <message>
      <source>Another place</source>
      <translation>換個位置</translation>
    </message>
    <message>
      <source>As it is</source>
      <translation>原圖</translation>
    </message>
    <message>
      <source>Choose a folder to see it on your pictures.</source>
      <translation>選擇資料夾，即可在您的圖片上預覽。</translation>
    </message>
    <message>
      <source>Mildest</source>
      <translation>最輕微</translation>
    </message>
    <message>
      <source>Next picture</source>
      <translation>下一張圖片</translation>
    </message>
    <message>
      <source>Show another part of this picture.</source>
      <translation>顯示此圖片的另一部分。</translation>
    </message>
    <message>
      <source>Show it on another of your pictures.</source>
      <translation>在您的另一張圖片上預覽。</translation>
    </message>
    <message>
      <source>Strongest</source>
      <translation>最強烈</translation>
    </message>
    <message>
      <source>What happens to your pictures</source>
      <translation>圖片的劣化方式</translation>
    </message>
    <message>
      <source>What is shown</source>
      <translation>顯示的內容</translation>
    </message>
  </context>
  <context>
    <name>DataLayer</name>
    <message>
      <source>Not this model’s kind of picture</source>
      <translation>不是此模型所屬類型的圖片</translation>
    </message>
  </context>
  <context>
    <name>DenoiseTab</name>
    <message>
      <source>Denoise</source>
      <translation>降噪</translation>
    </message>
  </context>
  <context>
    <name>DirectionList</name>
    <message>
      <source>Choose that model first.</source>
      <translation>請先選擇該模型。</translation>
    </message>
    <message>
      <source>Direction {number} ({share}%)</source>
      <translation>方向 {number}({share}%)</translation>
    </message>
    <message>
      <source>Holds {share}% of the variety of the model’s pictures; 1 is their usual spread.</source>
      <translation>佔模型圖片變化的 {share}%;1 為其通常的散布。</translation>
    </message>
    <message>
      <source>Learned from one example each; more of them make it surer.</source>
      <translation>每邊僅由一個範例學得；範例越多越可靠。</translation>
    </message>
    <message>
      <source>Saved {path}.</source>
      <translation>已儲存 {path}。</translation>
    </message>
    <message>
      <source>Tells {share}% of {count} examples apart without being shown them ({having} with it).</source>
      <translation>在未見過的情況下，能分辨 {count} 個範例中的 {share}%（其中 {having} 個具有此特徵）。</translation>
    </message>
    <message>
      <source>The directions in {name} are of another model, {model}.</source>
      <translation>{name} 中的方向屬於另一個模型 {model}。</translation>
    </message>
  </context>
  <context>
    <name>DirectionRow</name>
    <message>
      <source>Across the map</source>
      <translation>作為地圖橫軸</translation>
    </message>
    <message>
      <source>Back to 0</source>
      <translation>回到 0</translation>
    </message>
    <message>
      <source>Export the taught directions…</source>
      <translation>匯出教會的方向…</translation>
    </message>
    <message>
      <source>More about {name}</source>
      <translation>{name} 的更多選項</translation>
    </message>
    <message>
      <source>Name it, reset it, show it on the map, or let go of it.</source>
      <translation>命名、重設、放到地圖上或移除。</translation>
    </message>
    <message>
      <source>Name of the direction</source>
      <translation>方向的名稱</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重新命名</translation>
    </message>
    <message>
      <source>Up the map</source>
      <translation>作為地圖縱軸</translation>
    </message>
  </context>
  <context>
    <name>DropArea</name>
    <message>
      <source>Choose pictures to restore (Ctrl+O).</source>
      <translation>選擇要修復的圖片(Ctrl+O)。</translation>
    </message>
    <message>
      <source>Install aestudio again, or train one.</source>
      <translation>請重新安裝 aestudio，或訓練一個。</translation>
    </message>
    <message>
      <source>Open pictures…</source>
      <translation>開啟圖片…</translation>
    </message>
    <message>
      <source>Or try one of these</source>
      <translation>或試試其中一張</translation>
    </message>
    <message>
      <source>Try the sample {name}</source>
      <translation>試試樣本 {name}</translation>
    </message>
  </context>
  <context>
    <name>Duplicates</name>
    <message>
      <source>1 pair that is much alike</source>
      <translation>1 對非常相似的圖片</translation>
    </message>
    <message>
      <source>No two are much alike.</source>
      <translation>沒有非常相似的圖片。</translation>
    </message>
    <message>
      <source>The {n} pairs that are most alike</source>
      <translation>最相似的 {n} 對</translation>
    </message>
    <message>
      <source>{name}
like {other}, distance {far:.3g}</source>
      <translation>{name}
近似 {other}，距離 {far:.3g}</translation>
    </message>
    <message>
      <source>{n} pairs that are much alike</source>
      <translation>{n} 對非常相似的圖片</translation>
    </message>
  </context>
  <context>
    <name>Editing</name>
    <message>
      <source>Directions (*.json)</source>
      <translation>方向 (*.json)</translation>
    </message>
    <message>
      <source>Export the taught directions</source>
      <translation>匯出教會的方向</translation>
    </message>
    <message>
      <source>My direction {number}</source>
      <translation>我的方向 {number}</translation>
    </message>
    <message>
      <source>Place on the map</source>
      <translation>地圖上的位置</translation>
    </message>
    <message>
      <source>Take directions from a file</source>
      <translation>從檔案載入方向</translation>
    </message>
    <message>
      <source>{name}, edited</source>
      <translation>{name}（已編輯）</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>Add directions that were exported from this model elsewhere.</source>
      <translation>加入在別處由此模型匯出的方向。</translation>
    </message>
    <message>
      <source>Apply to the {count} selected</source>
      <translation>套用到選取的 {count} 張</translation>
    </message>
    <message>
      <source>Back to how it was</source>
      <translation>恢復原狀</translation>
    </message>
    <message>
      <source>Choose a sample, drop a picture, or click on the map.</source>
      <translation>選取樣本、拖放圖片或點按地圖。</translation>
    </message>
    <message>
      <source>Fewer directions</source>
      <translation>較少方向</translation>
    </message>
    <message>
      <source>Keep as a sample</source>
      <translation>保留為樣本</translation>
    </message>
    <message>
      <source>More directions</source>
      <translation>更多方向</translation>
    </message>
    <message>
      <source>Move a slider and the picture follows; a double click sets it back.</source>
      <translation>移動滑桿，圖片隨之改變；連按兩下即還原。</translation>
    </message>
    <message>
      <source>Move all selected samples along the same directions.</source>
      <translation>將所有選取的樣本沿相同方向移動。</translation>
    </message>
    <message>
      <source>Put the edited picture among the samples.</source>
      <translation>將編輯後的圖片放入樣本中。</translation>
    </message>
    <message>
      <source>Set every slider back to 0.</source>
      <translation>將所有滑桿設回 0。</translation>
    </message>
    <message>
      <source>Show all sliders, or only the widest.</source>
      <translation>顯示所有滑桿，或僅顯示變化最大的。</translation>
    </message>
    <message>
      <source>Take directions from a file</source>
      <translation>從檔案載入方向</translation>
    </message>
    <message>
      <source>{count} more directions</source>
      <translation>另外 {count} 個方向</translation>
    </message>
  </context>
  <context>
    <name>EffortPicker</name>
    <message>
      <source>Best: overnight, 8 hours</source>
      <translation>最佳：過夜，8 小時</translation>
    </message>
    <message>
      <source>Effort</source>
      <translation>投入程度</translation>
    </message>
    <message>
      <source>Good: 1 hour</source>
      <translation>良好：1 小時</translation>
    </message>
    <message>
      <source>How long to train.</source>
      <translation>要訓練多久。</translation>
    </message>
    <message>
      <source>Quick: 10 minutes</source>
      <translation>快速：10 分鐘</translation>
    </message>
    <message>
      <source>Timed on {device}.</source>
      <translation>在 {device} 上測得。</translation>
    </message>
    <message>
      <source>Timing a few steps on this device…</source>
      <translation>正在這部裝置上測量幾個步驟…</translation>
    </message>
    <message>
      <source>What the effort comes to</source>
      <translation>這樣的時間代表什麼</translation>
    </message>
  </context>
  <context>
    <name>Equipment</name>
    <message>
      <source>Engine stopped</source>
      <translation>引擎已停止</translation>
    </message>
    <message>
      <source>Starting the engine…</source>
      <translation>正在啟動引擎…</translation>
    </message>
  </context>
  <context>
    <name>Errand</name>
    <message>
      <source>Install aestudio again.</source>
      <translation>請重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>This could not be started.</source>
      <translation>無法啟動。</translation>
    </message>
    <message>
      <source>This ended unexpectedly.</source>
      <translation>意外結束了。</translation>
    </message>
  </context>
  <context>
    <name>Exchange</name>
    <message>
      <source>Decode a file of vectors</source>
      <translation>解碼向量檔</translation>
    </message>
    <message>
      <source>Decode…</source>
      <translation>解碼…</translation>
    </message>
    <message>
      <source>Encode pictures</source>
      <translation>編碼圖片</translation>
    </message>
    <message>
      <source>Encode pictures into a file, NPZ or CSV, with what of each is lost.</source>
      <translation>將圖片編碼成 NPZ 或 CSV 檔，並記下每張失去了多少。</translation>
    </message>
    <message>
      <source>Encode…</source>
      <translation>編碼…</translation>
    </message>
    <message>
      <source>Latent vectors</source>
      <translation>潛在向量</translation>
    </message>
    <message>
      <source>Latent vectors (*.npz *.csv)</source>
      <translation>潛在向量 (*.npz *.csv)</translation>
    </message>
    <message>
      <source>Many pictures at once: to a table of latent vectors, and back.</source>
      <translation>一次處理許多圖片：轉成潛在向量表，再轉回來。</translation>
    </message>
    <message>
      <source>Not this model’s kind of picture: {count} of them.</source>
      <translation>其中 {count} 張不是此模型所熟悉的圖片。</translation>
    </message>
    <message>
      <source>Pictures ({kinds});;All files (*)</source>
      <translation>圖片 ({kinds});;所有檔案 (*)</translation>
    </message>
    <message>
      <source>Save the vectors</source>
      <translation>儲存向量</translation>
    </message>
    <message>
      <source>Show the pictures of a file of latent vectors.</source>
      <translation>顯示潛在向量檔中的圖片。</translation>
    </message>
    <message>
      <source>The first {count} of {all} vectors show.</source>
      <translation>顯示 {all} 個向量中的前 {count} 個。</translation>
    </message>
    <message>
      <source>{count} could not be read.</source>
      <translation>{count} 張無法讀取。</translation>
    </message>
    <message>
      <source>{n} encoded into {path}; they come back at {psnr:.1f} dB in the mean.</source>
      <translation>已將{n}編碼至 {path}；還原後平均為 {psnr:.1f} dB。</translation>
    </message>
  </context>
  <context>
    <name>Explanation</name>
    <message>
      <source>Point at a control to read what it is for.</source>
      <translation>將滑鼠移到控制項上即可了解其用途。</translation>
    </message>
    <message>
      <source>What the control in question is for</source>
      <translation>目前控制項的用途</translation>
    </message>
  </context>
  <context>
    <name>FailedPage</name>
    <message>
      <source>Copy details</source>
      <translation>複製詳細資料</translation>
    </message>
    <message>
      <source>Copy the technical details, for a report.</source>
      <translation>複製技術細節，供回報問題使用。</translation>
    </message>
    <message>
      <source>Open this picture once more.</source>
      <translation>再次開啟這張圖片。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試一次</translation>
    </message>
    <message>
      <source>{name} could not be opened</source>
      <translation>無法開啟 {name}</translation>
    </message>
  </context>
  <context>
    <name>FileChanges</name>
    <message>
      <source>Undo brings it back.</source>
      <translation>可用「復原」找回。</translation>
    </message>
    <message>
      <source>{name} has another size now: what was painted on it is gone.</source>
      <translation>{name} 的尺寸已改變：塗抹的區域已移除。</translation>
    </message>
  </context>
  <context>
    <name>FileList</name>
    <message>
      <source>Pictures</source>
      <translation>圖片</translation>
    </message>
    <message>
      <source>Remove from the list</source>
      <translation>從清單移除</translation>
    </message>
    <message>
      <source>Save earlier</source>
      <translation>提早儲存</translation>
    </message>
    <message>
      <source>Save later</source>
      <translation>延後儲存</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>儲存…</translation>
    </message>
    <message>
      <source>Stop saving</source>
      <translation>停止儲存</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試一次</translation>
    </message>
    <message>
      <source>Try again on the processor</source>
      <translation>改用處理器再試一次</translation>
    </message>
    <message>
      <source>Try again with smaller tiles</source>
      <translation>以較小的圖塊再試一次</translation>
    </message>
  </context>
  <context>
    <name>FolderField</name>
    <message>
      <source>Add another folder</source>
      <translation>加入另一個資料夾</translation>
    </message>
    <message>
      <source>Choose the folder; it can be dropped here too.</source>
      <translation>選擇資料夾；也可以直接拖放到這裡。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>選擇…</translation>
    </message>
    <message>
      <source>Do not learn from this folder.</source>
      <translation>不從這個資料夾學習。</translation>
    </message>
    <message>
      <source>Learn from one more folder.</source>
      <translation>再從一個資料夾學習。</translation>
    </message>
    <message>
      <source>Leave out {folder}</source>
      <translation>略過 {folder}</translation>
    </message>
  </context>
  <context>
    <name>GenerateControls</name>
    <message>
      <source>All in turn</source>
      <translation>依序顯示全部</translation>
    </message>
    <message>
      <source>Choose pictures of your own and see what the model makes of them; or drop them here.</source>
      <translation>選擇您自己的圖片，看看模型如何呈現它們；也可拖放到這裡。</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>類別</translation>
    </message>
    <message>
      <source>Export as</source>
      <translation>匯出為</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>匯出…</translation>
    </message>
    <message>
      <source>How far from the most typical picture the samples stray (the temperature).</source>
      <translation>樣本偏離最典型圖片的程度（溫度）。</translation>
    </message>
    <message>
      <source>How the samples are saved.</source>
      <translation>樣本儲存的方式。</translation>
    </message>
    <message>
      <source>It is not this model’s kind of picture.</source>
      <translation>它不是這個模型所學的圖片類型。</translation>
    </message>
    <message>
      <source>Left yours, right what the model makes of it: a mean error of {error:.0f} of 255; PSNR {psnr:.1f} dB.</source>
      <translation>左邊是您的圖片，右邊是模型呈現的樣子：平均誤差 {error:.0f}（最大 255）；PSNR {psnr:.1f} dB。</translation>
    </message>
    <message>
      <source>Lower leaves out the oddest samples (the truncation, in standard deviations).</source>
      <translation>較低的值會排除最奇特的樣本（截斷，以標準差計）。</translation>
    </message>
    <message>
      <source>Make new pictures from the seed.</source>
      <translation>依種子產生新圖片。</translation>
    </message>
    <message>
      <source>Make samples</source>
      <translation>產生樣本</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新種子</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>沒有模型</translation>
    </message>
    <message>
      <source>No model that makes pictures is installed.</source>
      <translation>沒有安裝能產生圖片的模型。</translation>
    </message>
    <message>
      <source>Oddities up to</source>
      <translation>奇特程度上限</translation>
    </message>
    <message>
      <source>One sheet</source>
      <translation>一張總覽</translation>
    </message>
    <message>
      <source>One strip</source>
      <translation>一條長帶</translation>
    </message>
    <message>
      <source>Pick another seed.</source>
      <translation>換一個種子。</translation>
    </message>
    <message>
      <source>Place on the map</source>
      <translation>地圖上的位置</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>樣本</translation>
    </message>
    <message>
      <source>Save the kept samples, or all where none is kept.</source>
      <translation>儲存保留的樣本；沒有保留時儲存全部。</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>種子</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Single files</source>
      <translation>個別檔案</translation>
    </message>
    <message>
      <source>The decoded picture</source>
      <translation>解碼的圖片</translation>
    </message>
    <message>
      <source>The network that makes the pictures.</source>
      <translation>產生圖片的網路。</translation>
    </message>
    <message>
      <source>The same seed gives the same samples again.</source>
      <translation>相同的種子會再次產生相同的樣本。</translation>
    </message>
    <message>
      <source>To fit the model it was {notes}.</source>
      <translation>為了配合模型，圖片經過{notes}。</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Variety</source>
      <translation>變化程度</translation>
    </message>
    <message>
      <source>What is lost</source>
      <translation>損失了什麼</translation>
    </message>
    <message>
      <source>What the samples are to be, as the model knows it.</source>
      <translation>樣本應該是什麼，依模型所知。</translation>
    </message>
    <message>
      <source>Your pictures…</source>
      <translation>您的圖片…</translation>
    </message>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
  </context>
  <context>
    <name>GenerateTab</name>
    <message>
      <source>Export {count}…</source>
      <translation>匯出 {count} 個…</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>匯出…</translation>
    </message>
    <message>
      <source>Generate</source>
      <translation>生成</translation>
    </message>
    <message>
      <source>Looking at your pictures…</source>
      <translation>正在檢視您的圖片…</translation>
    </message>
    <message>
      <source>Making samples…</source>
      <translation>正在產生樣本…</translation>
    </message>
    <message>
      <source>Map of the latent space</source>
      <translation>潛在空間的地圖</translation>
    </message>
    <message>
      <source>Move over it, or use the arrow keys; Enter chooses, as a click does.</source>
      <translation>在上面移動，或使用方向鍵；按 Enter 選取，與點按相同。</translation>
    </message>
    <message>
      <source>Move over the map to see what lies there.</source>
      <translation>在地圖上移動，看看那裡有什麼。</translation>
    </message>
    <message>
      <source>No model that makes pictures is installed.</source>
      <translation>沒有安裝能產生圖片的模型。</translation>
    </message>
    <message>
      <source>No model that makes pictures is installed.
Train one, or install aestudio again.</source>
      <translation>沒有安裝能產生圖片的模型。
請訓練一個，或重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>Pictures (*.png *.tif *.jpg *.webp)</source>
      <translation>圖片 (*.png *.tif *.jpg *.webp)</translation>
    </message>
    <message>
      <source>Ready.</source>
      <translation>就緒。</translation>
    </message>
    <message>
      <source>Save the samples</source>
      <translation>儲存樣本</translation>
    </message>
    <message>
      <source>Saved {path}.</source>
      <translation>已儲存 {path}。</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>正在儲存…</translation>
    </message>
    <message>
      <source>Under the cursor</source>
      <translation>游標之下</translation>
    </message>
    <message>
      <source>comes back at {psnr:.1f} dB</source>
      <translation>重建後 {psnr:.1f} dB</translation>
    </message>
  </context>
  <context>
    <name>Handover</name>
    <message>
      <source>Check its permissions.</source>
      <translation>請檢查權限。</translation>
    </message>
    <message>
      <source>Copied the result of {name}, {width} × {height} pixels.</source>
      <translation>已複製 {name} 的結果，{width} × {height} 像素。</translation>
    </message>
    <message>
      <source>Copied {name} as a file.</source>
      <translation>已將 {name} 複製為檔案。</translation>
    </message>
    <message>
      <source>Save it instead.</source>
      <translation>請改為儲存。</translation>
    </message>
    <message>
      <source>Save it, or copy it as a file.</source>
      <translation>請儲存它，或將它複製為檔案。</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made.</source>
      <translation>無法建立資料夾 {folder}。</translation>
    </message>
    <message>
      <source>The result is too large for the clipboard.</source>
      <translation>結果太大，無法放到剪貼簿。</translation>
    </message>
    <message>
      <source>The result of {name} could not be copied.</source>
      <translation>無法複製 {name} 的結果。</translation>
    </message>
  </context>
  <context>
    <name>Help</name>
    <message>
      <source>Copy</source>
      <translation>複製</translation>
    </message>
    <message>
      <source>Copy the report.</source>
      <translation>複製報告。</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Delete every report.</source>
      <translation>刪除所有報告。</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>顯示詳細資料</translation>
    </message>
    <message>
      <source>Show the report.</source>
      <translation>顯示報告。</translation>
    </message>
    <message>
      <source>Your files are unharmed; a report is kept on this machine only.</source>
      <translation>您的檔案沒有受損；報告只保留在這台機器上。</translation>
    </message>
    <message>
      <source>aestudio ended unexpectedly, or a part of it did, when it last ran.</source>
      <translation>aestudio 或其中一部分上次執行時意外結束。</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>Best quality (slow)</source>
      <translation>最佳品質（較慢）</translation>
    </message>
    <message>
      <source>Best quality, 8 times slower</source>
      <translation>最佳品質，慢 8 倍</translation>
    </message>
    <message>
      <source>Choose where and how, and save (Ctrl+S).</source>
      <translation>選擇儲存的位置與方式，然後儲存(Ctrl+S)。</translation>
    </message>
    <message>
      <source>Compute what is still missing, or all of it again.</source>
      <translation>算出還缺少的部分，或全部重新計算。</translation>
    </message>
    <message>
      <source>Copy the result</source>
      <translation>複製結果</translation>
    </message>
    <message>
      <source>Drag over a smooth, even area of the picture: its noise becomes the level.</source>
      <translation>在圖片中平滑均勻的區域拖曳：該處的雜訊會成為雜訊值。</translation>
    </message>
    <message>
      <source>Drag the result into another program or folder; a click copies it as a file.</source>
      <translation>把結果拖曳到其他程式或資料夾；按一下則複製為檔案。</translation>
    </message>
    <message>
      <source>Drag the result out</source>
      <translation>拖出結果</translation>
    </message>
    <message>
      <source>How noisy the picture is taken to be: more removes more grain, and in the end fine detail.</source>
      <translation>認定圖片有多少雜訊：越高去除的顆粒越多，最後也會失去細節。</translation>
    </message>
    <message>
      <source>Measure it (auto)</source>
      <translation>自動測量</translation>
    </message>
    <message>
      <source>Measure the noise automatically</source>
      <translation>自動測量雜訊</translation>
    </message>
    <message>
      <source>Measure the noise in an area</source>
      <translation>在區域中測量雜訊</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>No model</source>
      <translation>沒有模型</translation>
    </message>
    <message>
      <source>No model for this task is installed.</source>
      <translation>沒有安裝這項任務的模型。</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>雜訊</translation>
    </message>
    <message>
      <source>Only for this picture</source>
      <translation>只用於這張圖片</translation>
    </message>
    <message>
      <source>Put the result onto the clipboard, as a picture of full size (Ctrl+C).</source>
      <translation>將結果以完整尺寸的圖片放到剪貼簿(Ctrl+C)。</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>修復</translation>
    </message>
    <message>
      <source>Restore and save every picture of the list into a folder.</source>
      <translation>修復清單中的每張圖片並儲存到資料夾。</translation>
    </message>
    <message>
      <source>Save all</source>
      <translation>全部儲存</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>儲存…</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Settings only for this picture</source>
      <translation>只用於這張圖片的設定</translation>
    </message>
    <message>
      <source>The network that restores the picture.</source>
      <translation>修復圖片的網路。</translation>
    </message>
    <message>
      <source>The noise is estimated from the picture's own pixels.</source>
      <translation>雜訊由圖片自身的像素估計。</translation>
    </message>
    <message>
      <source>The picture is restored in eight ways, flipped and turned, and their mean is taken.</source>
      <translation>將圖片翻轉與旋轉成八種樣子分別修復，再取平均。</translation>
    </message>
    <message>
      <source>These settings are this picture's own; the others keep theirs.</source>
      <translation>這些設定只屬於這張圖片；其他圖片保持各自的設定。</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>自動</translation>
    </message>
  </context>
  <context>
    <name>Intake</name>
    <message>
      <source>Check its permissions.</source>
      <translation>請檢查權限。</translation>
    </message>
    <message>
      <source>Check that there is room in {folder}.</source>
      <translation>請檢查 {folder} 是否還有空間。</translation>
    </message>
    <message>
      <source>Copy one and paste it here.</source>
      <translation>請複製一張圖片後貼到這裡。</translation>
    </message>
    <message>
      <source>Open folder</source>
      <translation>開啟資料夾</translation>
    </message>
    <message>
      <source>Open pictures</source>
      <translation>開啟圖片</translation>
    </message>
    <message>
      <source>Open them too</source>
      <translation>一併開啟</translation>
    </message>
    <message>
      <source>Pictures ({kinds});;All files (*)</source>
      <translation>圖片 ({kinds});;所有檔案 (*)</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made.</source>
      <translation>無法建立資料夾 {folder}。</translation>
    </message>
    <message>
      <source>The pasted picture could not be stored.</source>
      <translation>無法存放貼上的圖片。</translation>
    </message>
    <message>
      <source>The subfolders of {n} folders hold pictures too.</source>
      <translation>{n} 個資料夾的子資料夾中也有圖片。</translation>
    </message>
    <message>
      <source>The subfolders of “{name}” hold pictures too.</source>
      <translation>「{name}」的子資料夾中也有圖片。</translation>
    </message>
    <message>
      <source>There is no picture on the clipboard.</source>
      <translation>剪貼簿上沒有圖片。</translation>
    </message>
  </context>
  <context>
    <name>LabelledSlider</name>
    <message>
      <source>{help} Double-click for {default:g}.</source>
      <translation>{help} 按兩下恢復為 {default:g}。</translation>
    </message>
    <message>
      <source>{label} value</source>
      <translation>{label}數值</translation>
    </message>
  </context>
  <context>
    <name>LastSession</name>
    <message>
      <source>{n} of the last session can no longer be found.</source>
      <translation>找不到上次工作階段中的 {n}。</translation>
    </message>
  </context>
  <context>
    <name>LatentMap</name>
    <message>
      <source>Choose what lies at the cursor, as a click does</source>
      <translation>選取游標所在之處，與點按相同</translation>
    </message>
    <message>
      <source>Move over the map; with Shift in larger steps</source>
      <translation>在地圖上移動；按住 Shift 移動較大步</translation>
    </message>
    <message>
      <source>Show all of the map</source>
      <translation>顯示整張地圖</translation>
    </message>
    <message>
      <source>Show more of the map</source>
      <translation>縮小地圖，看得更廣</translation>
    </message>
    <message>
      <source>Show the map larger</source>
      <translation>放大地圖</translation>
    </message>
  </context>
  <context>
    <name>LeftBehind</name>
    <message>
      <source>Check that the data folder's disk has room and is one of this computer.</source>
      <translation>請檢查存放資料的磁碟是否還有空間，且屬於這台電腦。</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>放棄</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>繼續</translation>
    </message>
    <message>
      <source>Nothing is left to be saved: another window has taken it over.</source>
      <translation>沒有剩下要儲存的圖片：已由另一個視窗接手。</translation>
    </message>
    <message>
      <source>One of {total} pictures is still to be saved.</source>
      <translation>{total} 張圖片中還有一張要儲存。</translation>
    </message>
    <message>
      <source>One picture is still to be saved.</source>
      <translation>還有一張圖片要儲存。</translation>
    </message>
    <message>
      <source>Save none of it; what is saved already stays.</source>
      <translation>不再儲存；已儲存的會保留。</translation>
    </message>
    <message>
      <source>Save what is left, into the same files as planned.</source>
      <translation>將剩下的儲存到原先計劃的檔案。</translation>
    </message>
    <message>
      <source>What is being saved cannot be noted, so a crash would end it for good.</source>
      <translation>無法記錄正在儲存的項目，因此當機後就無法繼續。</translation>
    </message>
    <message>
      <source>{n} of {total} pictures are still to be saved.</source>
      <translation>{total} 張圖片中還有 {n} 張要儲存。</translation>
    </message>
  </context>
  <context>
    <name>LicencesDialog</name>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>Close this list.</source>
      <translation>關閉這份清單。</translation>
    </message>
    <message>
      <source>Licences</source>
      <translation>授權條款</translation>
    </message>
    <message>
      <source>What is inside, and whose work it is.</source>
      <translation>裡面有什麼，以及出自誰手。</translation>
    </message>
  </context>
  <context>
    <name>MainMenu</name>
    <message>
      <source>About aestudio</source>
      <translation>關於 aestudio</translation>
    </message>
    <message>
      <source>Compare models…</source>
      <translation>比較模型…</translation>
    </message>
    <message>
      <source>Copy settings</source>
      <translation>複製設定</translation>
    </message>
    <message>
      <source>Copy the result</source>
      <translation>複製結果</translation>
    </message>
    <message>
      <source>Crash reports…</source>
      <translation>當機報告…</translation>
    </message>
    <message>
      <source>Fold panels</source>
      <translation>收起面板</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全螢幕</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>鍵盤快速鍵</translation>
    </message>
    <message>
      <source>Learn from this photo…</source>
      <translation>從這張照片學習…</translation>
    </message>
    <message>
      <source>Licences…</source>
      <translation>授權條款…</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>選單</translation>
    </message>
    <message>
      <source>Models…</source>
      <translation>模型…</translation>
    </message>
    <message>
      <source>Open folder…</source>
      <translation>開啟資料夾…</translation>
    </message>
    <message>
      <source>Open pictures…</source>
      <translation>開啟圖片…</translation>
    </message>
    <message>
      <source>Paste a picture</source>
      <translation>貼上圖片</translation>
    </message>
    <message>
      <source>Paste settings</source>
      <translation>貼上設定</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>偏好設定…</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>結束</translation>
    </message>
    <message>
      <source>Redo a setting</source>
      <translation>重做設定變更</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>儲存…</translation>
    </message>
    <message>
      <source>Train a model…</source>
      <translation>訓練模型…</translation>
    </message>
    <message>
      <source>Undo a setting</source>
      <translation>復原設定變更</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Denoise</source>
      <translation>降噪</translation>
    </message>
    <message>
      <source>Generate</source>
      <translation>生成</translation>
    </message>
    <message>
      <source>Super-resolution</source>
      <translation>超解析</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>任務</translation>
    </message>
    <message>
      <source>{name} has changed on disk and was read again.</source>
      <translation>{name} 在磁碟上已變更，已重新讀取。</translation>
    </message>
  </context>
  <context>
    <name>MapOffers</name>
    <message>
      <source>Neighbours together (UMAP)</source>
      <translation>相近者相鄰（UMAP）</translation>
    </message>
    <message>
      <source>Neighbours together (t-SNE)</source>
      <translation>相近者相鄰（t-SNE）</translation>
    </message>
    <message>
      <source>No points: this model came without any. Choose a folder to see its pictures here.</source>
      <translation>沒有點：此模型未附帶任何點。選擇資料夾即可在此看到其中的圖片。</translation>
    </message>
    <message>
      <source>The model’s own plane</source>
      <translation>模型自身的平面</translation>
    </message>
    <message>
      <source>Two directions</source>
      <translation>兩個方向</translation>
    </message>
    <message>
      <source>Widest directions (PCA)</source>
      <translation>變化最大的方向（PCA）</translation>
    </message>
  </context>
  <context>
    <name>MixControls</name>
    <message>
      <source>Colour</source>
      <translation>色彩</translation>
    </message>
    <message>
      <source>Colour apart</source>
      <translation>色彩分開調整</translation>
    </message>
    <message>
      <source>Detail</source>
      <translation>細節</translation>
    </message>
    <message>
      <source>Gives removed fine texture back where there is structure, with some grain; smooth areas stay clean.</source>
      <translation>在有結構的地方還原被去除的細緻紋理，會帶回一些顆粒；平滑區域保持乾淨。</translation>
    </message>
    <message>
      <source>How much of the restored colour is mixed in; the light keeps its own strength.</source>
      <translation>混入多少修復後的色彩；亮度保持自己的強度。</translation>
    </message>
    <message>
      <source>How much of the restored picture is mixed into the original; 0 leaves it as it was.</source>
      <translation>修復後的圖片混入原圖的比例；0 表示維持原樣。</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>亮度</translation>
    </message>
    <message>
      <source>One strength for grain in the light, another for blotches of colour.</source>
      <translation>顆粒（亮度）與色斑（色彩）各有自己的強度。</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>強度</translation>
    </message>
    <message>
      <source>Strength for light and colour apart</source>
      <translation>亮度與色彩各自的強度</translation>
    </message>
  </context>
  <context>
    <name>ModelsDialog</name>
    <message>
      <source>Allow changes there.</source>
      <translation>請允許在那裡寫入。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Checking {file}…</source>
      <translation>正在檢查 {file}…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>Close this list.</source>
      <translation>關閉這份清單。</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Delete it yourself: “Show folder” opens its folder.</source>
      <translation>請自行刪除：「顯示資料夾」會開啟它所在的資料夾。</translation>
    </message>
    <message>
      <source>Delete “{name}”?</source>
      <translation>要刪除「{name}」嗎？</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>刪除…</translation>
    </message>
    <message>
      <source>Export as ONNX…</source>
      <translation>匯出為 ONNX…</translation>
    </message>
    <message>
      <source>Export it; rename or delete it where it is your own.</source>
      <translation>匯出；若是您自己的模型，也可以改名或刪除。</translation>
    </message>
    <message>
      <source>Export “{name}”</source>
      <translation>匯出「{name}」</translation>
    </message>
    <message>
      <source>Export “{name}” for other programs</source>
      <translation>為其他程式匯出「{name}」</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>匯出…</translation>
    </message>
    <message>
      <source>Import models</source>
      <translation>匯入模型</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>匯入…</translation>
    </message>
    <message>
      <source>Install a model that was exported here or on another machine; or drop its file here.</source>
      <translation>安裝在這裡或另一台電腦上匯出的模型；也可以把檔案拖放到這裡。</translation>
    </message>
    <message>
      <source>Installed models</source>
      <translation>已安裝的模型</translation>
    </message>
    <message>
      <source>It comes with aestudio and stays as it is.</source>
      <translation>它隨 aestudio 提供，維持原樣。</translation>
    </message>
    <message>
      <source>It is called “{name}” now.</source>
      <translation>現在名為「{name}」。</translation>
    </message>
    <message>
      <source>Its file goes to the system's trash. Pictures that are set to it are restored by the default model from then on, and those that wait to be saved with it say so.</source>
      <translation>它的檔案會移到系統的垃圾桶。設定使用它的圖片之後會改用預設模型修復；等著用它儲存的圖片會告訴您。</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models (*{suffix})</source>
      <translation>模型 (*{suffix})</translation>
    </message>
    <message>
      <source>No model is installed. Install aestudio again, or train one.</source>
      <translation>沒有安裝任何模型。請重新安裝 aestudio，或訓練一個。</translation>
    </message>
    <message>
      <source>ONNX (*.onnx)</source>
      <translation>ONNX (*.onnx)</translation>
    </message>
    <message>
      <source>One moment…</source>
      <translation>請稍候…</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>改名</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>改名…</translation>
    </message>
    <message>
      <source>Show folder</source>
      <translation>顯示資料夾</translation>
    </message>
    <message>
      <source>Show the folder where your own models lie.</source>
      <translation>顯示存放您自己模型的資料夾。</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made.</source>
      <translation>無法建立資料夾 {folder}。</translation>
    </message>
    <message>
      <source>There is no trash where {file} lies.</source>
      <translation>{file} 所在的位置沒有垃圾桶。</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>What to do with {name}</source>
      <translation>對「{name}」可做的事</translation>
    </message>
    <message>
      <source>What “{name}” is called in lists from now on:</source>
      <translation>「{name}」之後在清單中的名稱：</translation>
    </message>
    <message>
      <source>Writing it and running both: this takes a minute…</source>
      <translation>正在寫入並執行兩邊：需要約一分鐘…</translation>
    </message>
    <message>
      <source>comes with aestudio</source>
      <translation>隨 aestudio 提供</translation>
    </message>
    <message>
      <source>your own</source>
      <translation>您自己的</translation>
    </message>
    <message>
      <source>“{name}” is in the lists of models now.</source>
      <translation>「{name}」已在模型清單中。</translation>
    </message>
    <message>
      <source>“{name}” is in the trash.</source>
      <translation>「{name}」已移到垃圾桶。</translation>
    </message>
    <message>
      <source>“{name}” is in {path}.</source>
      <translation>「{name}」在 {path}。</translation>
    </message>
    <message>
      <source>“{name}” is in {path}; run by both, it differs by {difference:.1e} of 1 at most.</source>
      <translation>「{name}」在 {path}；兩邊都執行過，最大差異為 1 的 {difference:.1e}。</translation>
    </message>
  </context>
  <context>
    <name>NoisePicker</name>
    <message>
      <source>Drag over a smooth, even area, or move it with the arrow keys and press Enter.</source>
      <translation>在平滑均勻的區域拖曳，或用方向鍵移動後按 Enter。</translation>
    </message>
    <message>
      <source>That area is too small to measure noise in. Drag over a larger one.</source>
      <translation>這個區域太小，無法量測雜訊。請拖曳出更大的區域。</translation>
    </message>
  </context>
  <context>
    <name>NoticeBar</name>
    <message>
      <source>Close this notice.</source>
      <translation>關閉這則通知。</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>複製詳細資料</translation>
    </message>
    <message>
      <source>Copy the technical details, for a report.</source>
      <translation>複製技術細節，供回報問題使用。</translation>
    </message>
    <message>
      <source>Dismiss</source>
      <translation>關閉通知</translation>
    </message>
    <message>
      <source>Do the same once more.</source>
      <translation>再做一次相同的動作。</translation>
    </message>
    <message>
      <source>Notice</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試一次</translation>
    </message>
  </context>
  <context>
    <name>OfferBar</name>
    <message>
      <source>Offer</source>
      <translation>提議</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>Saved {name}.</source>
      <translation>已儲存 {name}。</translation>
    </message>
    <message>
      <source>Saved {n} pictures.</source>
      <translation>已儲存 {n} 張圖片。</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>在資料夾中顯示</translation>
    </message>
    <message>
      <source>{k} of them could not hold all of the original, for example {name}: {lost}</source>
      <translation>其中 {k} 個無法保存原圖的全部內容，例如 {name}：{lost}</translation>
    </message>
    <message>
      <source>{name} can be dragged now.</source>
      <translation>現在可以拖曳 {name}。</translation>
    </message>
  </context>
  <context>
    <name>OutputForm</name>
    <message>
      <source>Bits for each colour; more lose less in later editing.</source>
      <translation>每個色彩的位元數；越多，之後編輯時的損失越少。</translation>
    </message>
    <message>
      <source>Depth</source>
      <translation>位元深度</translation>
    </message>
    <message>
      <source>EXIF, XMP, IPTC and the colour profile go along; without it only the colour profile does.</source>
      <translation>一併保存 EXIF、XMP、IPTC 與色彩描述檔；關閉時只保存色彩描述檔。</translation>
    </message>
    <message>
      <source>File format</source>
      <translation>檔案格式</translation>
    </message>
    <message>
      <source>Floating point</source>
      <translation>浮點數</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Keep camera data</source>
      <translation>保留相機資料</translation>
    </message>
    <message>
      <source>Of formats that lose something: higher loses less and takes more room.</source>
      <translation>適用於失真格式：越高失真越少，檔案也越大。</translation>
    </message>
    <message>
      <source>Original depth</source>
      <translation>原始位元深度</translation>
    </message>
    <message>
      <source>Original format</source>
      <translation>原始格式</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>品質</translation>
    </message>
    <message>
      <source>The model and all settings, so that opening the result here offers them again.</source>
      <translation>模型與所有設定，在這裡開啟結果時可再次套用。</translation>
    </message>
    <message>
      <source>What results are stored as; the original's own where that can be written.</source>
      <translation>結果儲存成的格式；可行時採用原始格式。</translation>
    </message>
    <message>
      <source>Write the recipe into the file</source>
      <translation>將配方寫入檔案</translation>
    </message>
    <message>
      <source>{n} bits</source>
      <translation>{n} 位元</translation>
    </message>
  </context>
  <context>
    <name>Pane</name>
    <message>
      <source>About this pane</source>
      <translation>關於這個窗格</translation>
    </message>
    <message>
      <source>Choose what shows here.</source>
      <translation>選擇這裡顯示什麼。</translation>
    </message>
    <message>
      <source>Do the same once more.</source>
      <translation>再做一次相同的動作。</translation>
    </message>
    <message>
      <source>Drag moves all panes, wheel zooms, space shows the original. Drop a file to show it here.</source>
      <translation>拖曳會移動所有窗格，滾輪縮放，空白鍵顯示原圖。把檔案拖放到這裡即可顯示。</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>數值</translation>
    </message>
    <message>
      <source>Noise level and strength of this pane.</source>
      <translation>這個窗格的雜訊值與強度。</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>正在開啟…</translation>
    </message>
    <message>
      <source>Pane {name}</source>
      <translation>窗格 {name}</translation>
    </message>
    <message>
      <source>Pane {n}</source>
      <translation>窗格 {n}</translation>
    </message>
    <message>
      <source>Restoring…</source>
      <translation>正在修復…</translation>
    </message>
    <message>
      <source>Settings of pane {n}</source>
      <translation>窗格 {n} 的設定</translation>
    </message>
    <message>
      <source>Shown in pane {n}</source>
      <translation>顯示於窗格 {n}</translation>
    </message>
    <message>
      <source>Try again in pane {n}</source>
      <translation>在窗格 {n} 再試一次</translation>
    </message>
    <message>
      <source>another shape, so its points do not lie where the others' do</source>
      <translation>是另一種形狀，因此各點與其他模型的位置不同</translation>
    </message>
    <message>
      <source>best quality</source>
      <translation>最佳品質</translation>
    </message>
    <message>
      <source>detail {percent:.0f}%</source>
      <translation>細節 {percent:.0f}%</translation>
    </message>
    <message>
      <source>enlarged plainly (bicubic)</source>
      <translation>一般放大（雙三次）</translation>
    </message>
    <message>
      <source>noise measured at {level:.1f}</source>
      <translation>測得雜訊 {level:.1f}</translation>
    </message>
    <message>
      <source>noise set to {level:.1f}</source>
      <translation>雜訊設為 {level:.1f}</translation>
    </message>
    <message>
      <source>shown ×{factor:.3g} larger to fit</source>
      <translation>以 ×{factor:.3g} 放大顯示以便對齊</translation>
    </message>
    <message>
      <source>shown ×{factor:.3g} smaller to fit</source>
      <translation>以 ×{factor:.3g} 縮小顯示以便對齊</translation>
    </message>
    <message>
      <source>strength {percent:.0f}%</source>
      <translation>強度 {percent:.0f}%</translation>
    </message>
    <message>
      <source>{seconds} s a megapixel</source>
      <translation>每百萬像素 {seconds} 秒</translation>
    </message>
  </context>
  <context>
    <name>PaneSettings</name>
    <message>
      <source>How much of the restored picture is mixed into the original; 0 leaves it as it was.</source>
      <translation>修復後的圖片混入原圖的比例；0 表示維持原樣。</translation>
    </message>
    <message>
      <source>How noisy the picture is taken to be: more removes more grain, and in the end fine detail.</source>
      <translation>認定圖片有多少雜訊：越高去除的顆粒越多，最後也會失去細節。</translation>
    </message>
    <message>
      <source>Measure it (auto)</source>
      <translation>自動測量</translation>
    </message>
    <message>
      <source>Measure the noise automatically</source>
      <translation>自動測量雜訊</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>雜訊</translation>
    </message>
    <message>
      <source>Settings of this pane</source>
      <translation>這個窗格的設定</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>強度</translation>
    </message>
    <message>
      <source>The noise is estimated from the picture's own pixels.</source>
      <translation>雜訊由圖片自身的像素估計。</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>自動</translation>
    </message>
  </context>
  <context>
    <name>PathPanel</name>
    <message>
      <source>Add samples</source>
      <translation>加入樣本</translation>
    </message>
    <message>
      <source>Add the selected samples to the path; to begin one without any, the first six.</source>
      <translation>將選取的樣本加入路徑；未選取時，以前六個樣本開始。</translation>
    </message>
    <message>
      <source>Animated WebP</source>
      <translation>動態 WebP</translation>
    </message>
    <message>
      <source>At the end</source>
      <translation>到終點後</translation>
    </message>
    <message>
      <source>Back again</source>
      <translation>原路折返</translation>
    </message>
    <message>
      <source>Begin again</source>
      <translation>從頭再來</translation>
    </message>
    <message>
      <source>Begin anew.</source>
      <translation>重新開始。</translation>
    </message>
    <message>
      <source>Drag to move along the path.</source>
      <translation>拖曳即可沿路徑移動。</translation>
    </message>
    <message>
      <source>Expected size</source>
      <translation>預期大小</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Format, size and how often it plays.</source>
      <translation>格式、大小與播放次數。</translation>
    </message>
    <message>
      <source>Frames between pins</source>
      <translation>圖釘之間的影格數</translation>
    </message>
    <message>
      <source>Frames of the path</source>
      <translation>路徑的影格</translation>
    </message>
    <message>
      <source>GIF</source>
      <translation>GIF</translation>
    </message>
    <message>
      <source>How long each frame shows.</source>
      <translation>每個影格顯示的時間。</translation>
    </message>
    <message>
      <source>How often it is shown; 0 stands for ever.</source>
      <translation>播放的次數；0 表示永遠。</translation>
    </message>
    <message>
      <source>How the path goes from one pin to the next.</source>
      <translation>路徑由一個圖釘通往下一個的方式。</translation>
    </message>
    <message>
      <source>Length of the path</source>
      <translation>路徑的長度</translation>
    </message>
    <message>
      <source>More of them make the path smoother and longer.</source>
      <translation>影格越多，路徑越平順、越長。</translation>
    </message>
    <message>
      <source>On to the first pin</source>
      <translation>接回第一個圖釘</translation>
    </message>
    <message>
      <source>PNG frames</source>
      <translation>PNG 影格</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暫停</translation>
    </message>
    <message>
      <source>Pins</source>
      <translation>圖釘</translation>
    </message>
    <message>
      <source>Pixels of a frame’s side.</source>
      <translation>影格邊長的像素數。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Play the path, or pause.</source>
      <translation>播放路徑，或暫停。</translation>
    </message>
    <message>
      <source>Plays</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Remove all pins</source>
      <translation>移除所有圖釘</translation>
    </message>
    <message>
      <source>Round (spherical)</source>
      <translation>圓弧（球面）</translation>
    </message>
    <message>
      <source>Save it as an animation or as frames.</source>
      <translation>儲存為動畫或影格。</translation>
    </message>
    <message>
      <source>Save the path…</source>
      <translation>儲存路徑…</translation>
    </message>
    <message>
      <source>Saved as</source>
      <translation>儲存方式</translation>
    </message>
    <message>
      <source>Seconds a frame</source>
      <translation>每影格秒數</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Smooth (spline)</source>
      <translation>平滑（樣條）</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Straight</source>
      <translation>直線</translation>
    </message>
    <message>
      <source>The path’s pins in their order; drag them, Delete removes.</source>
      <translation>路徑的圖釘順序；可拖曳，Delete 鍵移除。</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>路線</translation>
    </message>
    <message>
      <source>What follows the last pin.</source>
      <translation>最後一個圖釘之後的走向。</translation>
    </message>
    <message>
      <source>What the path is saved as.</source>
      <translation>路徑儲存的格式。</translation>
    </message>
    <message>
      <source>for ever</source>
      <translation>永遠</translation>
    </message>
    <message>
      <source>pixels</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>times</source>
      <translation>次</translation>
    </message>
    <message>
      <source>{frames} frames, {seconds:.1f} s</source>
      <translation>{frames} 個影格，{seconds:.1f} 秒</translation>
    </message>
  </context>
  <context>
    <name>PictureWell</name>
    <message>
      <source>Empty it</source>
      <translation>清空</translation>
    </message>
  </context>
  <context>
    <name>PicturesPanel</name>
    <message>
      <source>Choose pictures to restore (Ctrl+O).</source>
      <translation>選擇要修復的圖片(Ctrl+O)。</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>尚無</translation>
    </message>
    <message>
      <source>Open pictures</source>
      <translation>開啟圖片</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>圖片</translation>
    </message>
    <message>
      <source>The pictures that are open.</source>
      <translation>已開啟的圖片。</translation>
    </message>
    <message>
      <source>{n}. Drop more anywhere.</source>
      <translation>{n}。可把更多圖片拖放到任何地方。</translation>
    </message>
  </context>
  <context>
    <name>PinLayer</name>
    <message>
      <source>Pin {number}: drag it, or press Delete</source>
      <translation>圖釘 {number}：可拖曳，或按 Delete</translation>
    </message>
  </context>
  <context>
    <name>PinList</name>
    <message>
      <source>Move the chosen pin backwards</source>
      <translation>將選取的圖釘往後移</translation>
    </message>
    <message>
      <source>Move the chosen pin forwards</source>
      <translation>將選取的圖釘往前移</translation>
    </message>
    <message>
      <source>Remove the chosen pins</source>
      <translation>移除選取的圖釘</translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source> megapixels</source>
      <translation> 百萬像素</translation>
    </message>
    <message>
      <source>100 % (as the system)</source>
      <translation>100 %（依照系統）</translation>
    </message>
    <message>
      <source>Apple graphics (mps)</source>
      <translation>Apple 顯示晶片(mps)</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟隨系統</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自動</translation>
    </message>
    <message>
      <source>Choose the folder for results.</source>
      <translation>選擇存放結果的資料夾。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>選擇…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>Close; changes are kept.</source>
      <translation>關閉；變更已保留。</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Dark, light, or as the system has it.</source>
      <translation>深色、淺色，或跟隨系統。</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>運算裝置</translation>
    </message>
    <message>
      <source>Folder for results</source>
      <translation>結果資料夾</translation>
    </message>
    <message>
      <source>Folder of your own models</source>
      <translation>您自己模型的資料夾</translation>
    </message>
    <message>
      <source>How large they are; a change takes effect when aestudio starts again.</source>
      <translation>它們的大小；變更會在 aestudio 重新啟動後生效。</translation>
    </message>
    <message>
      <source>How much memory pictures and the tiles in work may take, beside the program itself.</source>
      <translation>除程式本身之外，圖片與處理中的圖塊可使用多少記憶體。</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>語言</translation>
    </message>
    <message>
      <source>Largest picture</source>
      <translation>最大圖片</translation>
    </message>
    <message>
      <source>Largest picture in megapixels</source>
      <translation>最大圖片（百萬像素）</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>淺色</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>記憶體</translation>
    </message>
    <message>
      <source>Models that lie here are offered beside those that come with aestudio.</source>
      <translation>放在這裡的模型會與 aestudio 附帶的模型一起列出。</translation>
    </message>
    <message>
      <source>Nvidia or AMD graphics (cuda)</source>
      <translation>Nvidia 或 AMD 顯示晶片(cuda)</translation>
    </message>
    <message>
      <source>Open subfolders</source>
      <translation>開啟子資料夾</translation>
    </message>
    <message>
      <source>Open the folder of your own models.</source>
      <translation>開啟您自己模型的資料夾。</translation>
    </message>
    <message>
      <source>Open the subfolders of a folder too</source>
      <translation>同時開啟資料夾中的子資料夾</translation>
    </message>
    <message>
      <source>Pictures with more pixels are refused, since they may be made to exhaust the memory.</source>
      <translation>像素更多的圖片會被拒絕，因為那可能是用來耗盡記憶體的。</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>偏好設定</translation>
    </message>
    <message>
      <source>Processor (CPU)</source>
      <translation>處理器(CPU)</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>顯示</translation>
    </message>
    <message>
      <source>Text and controls</source>
      <translation>文字與控制項</translation>
    </message>
    <message>
      <source>The folder that saving begins in: the one used last, unless you choose another here.</source>
      <translation>儲存時預設的資料夾：上次使用的資料夾，除非您在這裡另外選擇。</translation>
    </message>
    <message>
      <source>The language of the window; a change takes effect when aestudio starts again.</source>
      <translation>視窗的語言；變更會在 aestudio 下次啟動時生效。</translation>
    </message>
    <message>
      <source>The one used last</source>
      <translation>上次使用的資料夾</translation>
    </message>
    <message>
      <source>The usual limit</source>
      <translation>一般上限</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>佈景主題</translation>
    </message>
    <message>
      <source>This changes when aestudio starts again.</source>
      <translation>這會在 aestudio 重新啟動後變更。</translation>
    </message>
    <message>
      <source>What computes. Where it is missing, aestudio takes the best there is.</source>
      <translation>負責運算的裝置。若沒有該裝置，aestudio 會使用現有最好的。</translation>
    </message>
    <message>
      <source>When a folder is dropped, its subfolders' pictures are opened as well.</source>
      <translation>拖放資料夾時，也一併開啟其子資料夾中的圖片。</translation>
    </message>
    <message>
      <source>Your own models</source>
      <translation>您自己的模型</translation>
    </message>
    <message>
      <source>{n} %</source>
      <translation>{n} %</translation>
    </message>
    <message>
      <source>{n} GB</source>
      <translation>{n} GB</translation>
    </message>
    <message>
      <source>{n} MB</source>
      <translation>{n} MB</translation>
    </message>
  </context>
  <context>
    <name>PresetsButton</name>
    <message>
      <source>Another name:</source>
      <translation>其他名稱：</translation>
    </message>
    <message>
      <source>Apply to all pictures</source>
      <translation>套用到所有圖片</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Give the settings in force to every picture, also to those that have their own.</source>
      <translation>把目前的設定套用到每一張圖片，包括有自己設定的圖片。</translation>
    </message>
    <message>
      <source>Keep them with the painted region…</source>
      <translation>連同塗畫的區域一起保留…</translation>
    </message>
    <message>
      <source>Keep these settings…</source>
      <translation>保存這些設定…</translation>
    </message>
    <message>
      <source>Name of these settings:</source>
      <translation>這些設定的名稱：</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>預設組合</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重新命名</translation>
    </message>
    <message>
      <source>Settings with a name, for all pictures, or for one whose settings are its own.</source>
      <translation>具名的設定，適用於所有圖片，或適用於有自己設定的那一張。</translation>
    </message>
  </context>
  <context>
    <name>Question</name>
    <message>
      <source>Keep it</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>取代</translation>
    </message>
    <message>
      <source>Replaced, what is in it now is lost.</source>
      <translation>取代後，裡面現有的內容就沒有了。</translation>
    </message>
    <message>
      <source>{name} exists already.</source>
      <translation>{name} 已經存在。</translation>
    </message>
  </context>
  <context>
    <name>QueueActions</name>
    <message>
      <source>A removed picture is still saved.</source>
      <translation>移除的圖片仍會儲存。</translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>放回</translation>
    </message>
    <message>
      <source>Stop saving</source>
      <translation>停止儲存</translation>
    </message>
    <message>
      <source>{name} was removed from the list.</source>
      <translation>已從清單移除 {name}。</translation>
    </message>
    <message>
      <source>{n} pictures were removed from the list.</source>
      <translation>已從清單移除 {n} 張圖片。</translation>
    </message>
    <message>
      <source>{n} removed pictures are still saved.</source>
      <translation>移除的 {n} 張圖片仍會儲存。</translation>
    </message>
  </context>
  <context>
    <name>Recipes</name>
    <message>
      <source>Open it again.</source>
      <translation>請再次開啟它。</translation>
    </message>
    <message>
      <source>That model is not installed here; the usual one takes its place.</source>
      <translation>這裡沒有安裝該模型；改用平常的模型。</translation>
    </message>
    <message>
      <source>The model of that name here is another file: results may differ.</source>
      <translation>這裡同名的模型是另一個檔案：結果可能不同。</translation>
    </message>
    <message>
      <source>Use its settings</source>
      <translation>使用它的設定</translation>
    </message>
    <message>
      <source>{name} is not open any more.</source>
      <translation>{name} 已不再開啟。</translation>
    </message>
    <message>
      <source>{name} was denoised by aestudio with the model {model}.</source>
      <translation>{name} 已由 aestudio 以模型 {model} 降噪。</translation>
    </message>
    <message>
      <source>{name} was enlarged by aestudio with the model {model}.</source>
      <translation>{name} 已由 aestudio 以模型 {model} 放大。</translation>
    </message>
  </context>
  <context>
    <name>RegionBrush</name>
    <message>
      <source>Paint over the picture; [ and ] change the brush, Esc puts it away.</source>
      <translation>在圖片上塗抹；[ 與 ] 改變筆刷大小，Esc 收起筆刷。</translation>
    </message>
  </context>
  <context>
    <name>RegionControls</name>
    <message>
      <source>Brush</source>
      <translation>筆刷</translation>
    </message>
    <message>
      <source>Brush size</source>
      <translation>筆刷大小</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Eraser</source>
      <translation>橡皮擦</translation>
    </message>
    <message>
      <source>How gently the restored part passes into the rest, of the picture's longer side.</source>
      <translation>修復部分過渡到其餘部分的柔和程度，以圖片長邊為基準。</translation>
    </message>
    <message>
      <source>How wide the brush is, of the picture's longer side.</source>
      <translation>筆刷的寬度，以圖片長邊為基準。</translation>
    </message>
    <message>
      <source>Leave what is painted as it was, and restore the rest.</source>
      <translation>塗抹的部分保持原樣，只修復其餘部分。</translation>
    </message>
    <message>
      <source>Paint what is to be restored ([ and ] change the size).</source>
      <translation>塗抹要修復的部分（[ 與 ] 改變大小）。</translation>
    </message>
    <message>
      <source>Region</source>
      <translation>區域</translation>
    </message>
    <message>
      <source>Restore only a part of the picture, which you paint with a brush.</source>
      <translation>只修復圖片的一部分，以筆刷塗抹來指定。</translation>
    </message>
    <message>
      <source>Restore outside</source>
      <translation>修復區域之外</translation>
    </message>
    <message>
      <source>Restore outside what is painted</source>
      <translation>修復塗抹部分之外</translation>
    </message>
    <message>
      <source>Restore the whole picture again.</source>
      <translation>恢復修復整張圖片。</translation>
    </message>
    <message>
      <source>Soft edge</source>
      <translation>柔邊</translation>
    </message>
    <message>
      <source>Take away from what is painted.</source>
      <translation>從塗抹的部分擦去。</translation>
    </message>
  </context>
  <context>
    <name>ReportsDialog</name>
    <message>
      <source>Copy</source>
      <translation>複製</translation>
    </message>
    <message>
      <source>Copy the reports.</source>
      <translation>複製所有報告。</translation>
    </message>
    <message>
      <source>Crash reports</source>
      <translation>當機報告</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Delete every report.</source>
      <translation>刪除所有報告。</translation>
    </message>
    <message>
      <source>Reports stay on this machine until you copy or delete them. Names of people, folders and pictures are left out of them. They lie in {folder}</source>
      <translation>報告會留在這台機器上，直到您複製或刪除。其中不含人名、資料夾與圖片的名稱。它們位於 {folder}</translation>
    </message>
    <message>
      <source>Show folder</source>
      <translation>顯示資料夾</translation>
    </message>
    <message>
      <source>Show where they lie.</source>
      <translation>顯示它們的位置。</translation>
    </message>
    <message>
      <source>There are no reports.</source>
      <translation>沒有報告。</translation>
    </message>
  </context>
  <context>
    <name>RestoreTab</name>
    <message>
      <source>16 bits</source>
      <translation>16 位元</translation>
    </message>
    <message>
      <source>8 bits</source>
      <translation>8 位元</translation>
    </message>
    <message>
      <source>Grey squares show through where it is transparent.</source>
      <translation>透明之處會透出灰色方格。</translation>
    </message>
    <message>
      <source>Making a file of the result…</source>
      <translation>正在製作結果的檔案…</translation>
    </message>
    <message>
      <source>No model for this task is installed.</source>
      <translation>沒有安裝這項任務的模型。</translation>
    </message>
    <message>
      <source>No model for this task is installed. Install aestudio again, or train one.</source>
      <translation>沒有安裝這項任務的模型。請重新安裝 aestudio，或訓練一個。</translation>
    </message>
    <message>
      <source>Opening {name}…</source>
      <translation>正在開啟 {name}…</translation>
    </message>
    <message>
      <source>Ready.</source>
      <translation>就緒。</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>修復</translation>
    </message>
    <message>
      <source>Restore again</source>
      <translation>重新修復</translation>
    </message>
    <message>
      <source>Restoring…</source>
      <translation>正在修復…</translation>
    </message>
    <message>
      <source>Save all</source>
      <translation>全部儲存</translation>
    </message>
    <message>
      <source>Save all {n}</source>
      <translation>全部儲存({n})</translation>
    </message>
    <message>
      <source>Stopped. Restore goes on from here.</source>
      <translation>已停止。按「修復」可從這裡繼續。</translation>
    </message>
    <message>
      <source>float</source>
      <translation>浮點數</translation>
    </message>
  </context>
  <context>
    <name>Samples</name>
    <message>
      <source>Back to all</source>
      <translation>回到全部</translation>
    </message>
    <message>
      <source>Choose a sample to keep it or to see more like it.</source>
      <translation>選擇一個樣本以保留它，或看更多類似的樣本。</translation>
    </message>
    <message>
      <source>Choose a sample to keep it or to vary it.</source>
      <translation>選擇一個樣本以保留或變化它。</translation>
    </message>
    <message>
      <source>Chosen sample</source>
      <translation>選取的樣本</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Keep the chosen sample in front while others come and go.</source>
      <translation>其他樣本更換時，將選取的樣本保留在前面。</translation>
    </message>
    <message>
      <source>Kept</source>
      <translation>已保留</translation>
    </message>
    <message>
      <source>Make samples that resemble the chosen one.</source>
      <translation>產生與選取樣本相似的樣本。</translation>
    </message>
    <message>
      <source>Making samples…</source>
      <translation>正在產生樣本…</translation>
    </message>
    <message>
      <source>More like this</source>
      <translation>更多類似的</translation>
    </message>
    <message>
      <source>No samples.</source>
      <translation>沒有樣本。</translation>
    </message>
    <message>
      <source>Number {number} like {name}</source>
      <translation>與 {name} 類似的第 {number} 個</translation>
    </message>
    <message>
      <source>Sample {number} of seed {seed}</source>
      <translation>種子 {seed} 的第 {number} 個樣本</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>樣本</translation>
    </message>
    <message>
      <source>Show the samples of the seed again.</source>
      <translation>再次顯示這個種子的樣本。</translation>
    </message>
  </context>
  <context>
    <name>SaveDialog</name>
    <message>
      <source>About {size} each.</source>
      <translation>每個約 {size}。</translation>
    </message>
    <message>
      <source>About {size} together.</source>
      <translation>合計約 {size}。</translation>
    </message>
    <message>
      <source>About {size}.</source>
      <translation>約 {size}。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Choose folder, name and format in the system's dialog.</source>
      <translation>在系統的對話框中選擇資料夾、名稱與格式。</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>請選擇一個。</translation>
    </message>
    <message>
      <source>Choose the folder.</source>
      <translation>選擇資料夾。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>選擇…</translation>
    </message>
    <message>
      <source>Earlier results are replaced; without it new ones are numbered. Originals are never replaced.</source>
      <translation>會取代先前的結果；不勾選時，新的結果會加上編號。原始檔案絕不會被取代。</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>資料夾</translation>
    </message>
    <message>
      <source>For example {name}</source>
      <translation>例如 {name}</translation>
    </message>
    <message>
      <source>How large it will be is not known.</source>
      <translation>無法得知檔案會有多大。</translation>
    </message>
    <message>
      <source>In the folder of each original</source>
      <translation>各自原圖所在的資料夾</translation>
    </message>
    <message>
      <source>In the original's folder</source>
      <translation>原圖所在的資料夾</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名稱</translation>
    </message>
    <message>
      <source>Name the file…</source>
      <translation>指定檔案…</translation>
    </message>
    <message>
      <source>Replace files of the same name</source>
      <translation>取代同名的檔案</translation>
    </message>
    <message>
      <source>Resulting name</source>
      <translation>結果的名稱</translation>
    </message>
    <message>
      <source>Results lie beside the pictures that they were made from, which stay as they are.</source>
      <translation>結果會放在原始圖片旁邊，原始圖片保持不變。</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>儲存</translation>
    </message>
    <message>
      <source>Save into this folder</source>
      <translation>儲存到這個資料夾</translation>
    </message>
    <message>
      <source>Save nothing (Esc).</source>
      <translation>不儲存(Esc)。</translation>
    </message>
    <message>
      <source>Save the restored picture</source>
      <translation>儲存修復後的圖片</translation>
    </message>
    <message>
      <source>Save with these settings (Enter).</source>
      <translation>以這些設定儲存(Enter)。</translation>
    </message>
    <message>
      <source>Save {n}</source>
      <translation>儲存 {n} 張</translation>
    </message>
    <message>
      <source>Save {n} pictures</source>
      <translation>儲存 {n} 張圖片</translation>
    </message>
    <message>
      <source>Size to expect</source>
      <translation>預計大小</translation>
    </message>
    <message>
      <source>The folder is not named in full.</source>
      <translation>資料夾的路徑不完整。</translation>
    </message>
    <message>
      <source>The folder that results go to.</source>
      <translation>存放結果的資料夾。</translation>
    </message>
    <message>
      <source>What saving them takes</source>
      <translation>儲存所需的時間與空間</translation>
    </message>
    <message>
      <source>What the file cannot hold</source>
      <translation>檔案無法保存的內容</translation>
    </message>
    <message>
      <source>Working out how large it will be…</source>
      <translation>正在估算檔案大小…</translation>
    </message>
    <message>
      <source>{name} is there already and will be replaced.</source>
      <translation>{name} 已經存在，將被取代。</translation>
    </message>
    <message>
      <source>{stem} is the original's name, {task} says what was done, and {suffix} tells the format.</source>
      <translation>{stem} 是原圖的名稱，{task} 表示做了什麼，{suffix} 表明格式。</translation>
    </message>
  </context>
  <context>
    <name>Saves</name>
    <message>
      <source>Another window of aestudio is saving it as {name}.</source>
      <translation>另一個 aestudio 視窗正在將它儲存為 {name}。</translation>
    </message>
    <message>
      <source>It was not saved.</source>
      <translation>沒有儲存。</translation>
    </message>
    <message>
      <source>It was saved just so before: {name}.</source>
      <translation>先前已以完全相同的方式儲存過：{name}。</translation>
    </message>
    <message>
      <source>One picture waits; nothing is lost.</source>
      <translation>有 1 張圖片在等待；不會遺失任何東西。</translation>
    </message>
    <message>
      <source>One picture was not saved.</source>
      <translation>有 1 張圖片未儲存。</translation>
    </message>
    <message>
      <source>Paused: {n} of {total} saved.</source>
      <translation>已暫停：已儲存 {n} / {total}。</translation>
    </message>
    <message>
      <source>Pausing once what is under way is saved: {n} of {total} so far.</source>
      <translation>進行中的圖片儲存後便會暫停：目前已儲存 {n} / {total}。</translation>
    </message>
    <message>
      <source>Pictures ({kinds})</source>
      <translation>圖片 ({kinds})</translation>
    </message>
    <message>
      <source>Save the restored picture</source>
      <translation>儲存修復後的圖片</translation>
    </message>
    <message>
      <source>Saving goes on.</source>
      <translation>繼續儲存。</translation>
    </message>
    <message>
      <source>Saving goes on; the one that still waits for its folder comes last.</source>
      <translation>繼續儲存；還在等待原資料夾的 1 張會排在最後。</translation>
    </message>
    <message>
      <source>Saving goes on; the {n} that still wait for their folder come last.</source>
      <translation>繼續儲存；還在等待原資料夾的 {n} 張會排在最後。</translation>
    </message>
    <message>
      <source>Saving {n} of {total}…</source>
      <translation>正在儲存 {n} / {total}…</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>正在儲存…</translation>
    </message>
    <message>
      <source>The file changed after it was queued; its newer version was saved.</source>
      <translation>檔案在排入佇列後有變更；已儲存較新的版本。</translation>
    </message>
    <message>
      <source>{n} failed</source>
      <translation>{n} 失敗</translation>
    </message>
    <message>
      <source>{n} of {total} saved</source>
      <translation>已儲存 {n} / {total}</translation>
    </message>
    <message>
      <source>{n} pictures wait; nothing is lost.</source>
      <translation>{n} 張圖片在等待；不會遺失任何東西。</translation>
    </message>
    <message>
      <source>{n} pictures were not saved.</source>
      <translation>有 {n} 張圖片未儲存。</translation>
    </message>
    <message>
      <source>{n} skipped</source>
      <translation>略過 {n}</translation>
    </message>
  </context>
  <context>
    <name>ScaleControls</name>
    <message>
      <source>By a factor</source>
      <translation>依倍率</translation>
    </message>
    <message>
      <source>Enlarge by or to</source>
      <translation>依什麼放大</translation>
    </message>
    <message>
      <source>For a print</source>
      <translation>依列印尺寸</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>How fine the print is: 300 for a photo.</source>
      <translation>列印的精細度：照片一般為 300。</translation>
    </message>
    <message>
      <source>How long the longer side is on paper.</source>
      <translation>長邊在紙上的長度。</translation>
    </message>
    <message>
      <source>How many pixels that side of the result has.</source>
      <translation>結果的該邊有多少像素。</translation>
    </message>
    <message>
      <source>How many times larger each side becomes: pick one, or type any number above 1 up to 16.</source>
      <translation>每邊放大的倍數：從中選擇，或輸入大於 1、不超過 16 的任何數值。</translation>
    </message>
    <message>
      <source>Longer side</source>
      <translation>長邊</translation>
    </message>
    <message>
      <source>Longer side of the print</source>
      <translation>列印的長邊</translation>
    </message>
    <message>
      <source>Made at ×{model}, then resized to ×{scale:.3g}.</source>
      <translation>以 ×{model} 製作，再縮放為 ×{scale:.3g}。</translation>
    </message>
    <message>
      <source>More than 16 times larger is out of reach.</source>
      <translation>無法放大超過 16 倍。</translation>
    </message>
    <message>
      <source>Pixels</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>Pixels per inch</source>
      <translation>每英吋像素</translation>
    </message>
    <message>
      <source>Say how many times larger, how many pixels, or how large it is to be printed.</source>
      <translation>指定放大的倍數、像素數，或列印的大小。</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>倍率</translation>
    </message>
    <message>
      <source>The picture is as large as that already.</source>
      <translation>圖片已經有那麼大了。</translation>
    </message>
    <message>
      <source>Type a number above 1, up to 16.</source>
      <translation>請輸入大於 1、不超過 16 的數值。</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>寬度</translation>
    </message>
    <message>
      <source>cm</source>
      <translation>公分</translation>
    </message>
    <message>
      <source>dpi</source>
      <translation>dpi</translation>
    </message>
    <message>
      <source>in</source>
      <translation>英吋</translation>
    </message>
    <message>
      <source>pixels</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>×{factor:.3g}: {size}</source>
      <translation>×{factor:.3g}:{size}</translation>
    </message>
  </context>
  <context>
    <name>Scorer</name>
    <message>
      <source>Of {where}, in 8 bits: PSNR of {channels}, SSIM of the brightness. More is nearer.</source>
      <translation>範圍為{where}，以 8 位元計：PSNR 為{channels}，SSIM 為亮度。數值越大越接近。</translation>
    </message>
    <message>
      <source>PSNR {ratio:.2f} dB</source>
      <translation>PSNR {ratio:.2f} dB</translation>
    </message>
    <message>
      <source>SSIM {similarity:.4f}</source>
      <translation>SSIM {similarity:.4f}</translation>
    </message>
    <message>
      <source>equal to the reference</source>
      <translation>與參考圖相同</translation>
    </message>
    <message>
      <source>measuring…</source>
      <translation>正在衡量…</translation>
    </message>
    <message>
      <source>measuring… {percent}%</source>
      <translation>正在衡量… {percent}%</translation>
    </message>
    <message>
      <source>red, green and blue</source>
      <translation>紅、綠、藍</translation>
    </message>
    <message>
      <source>the brightness</source>
      <translation>亮度</translation>
    </message>
    <message>
      <source>the whole picture</source>
      <translation>整張圖片</translation>
    </message>
    <message>
      <source>what is in view</source>
      <translation>可見範圍</translation>
    </message>
    <message>
      <source>⚠ not measured</source>
      <translation>⚠ 尚未衡量</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source>1 file cannot be read as a picture.</source>
      <translation>有 1 個檔案無法當作圖片讀取。</translation>
    </message>
    <message>
      <source>1 file has no partner of its name.</source>
      <translation>1 個檔案沒有同名的另一半。</translation>
    </message>
    <message>
      <source>1 pair cannot be read.</source>
      <translation>1 組配對無法讀取。</translation>
    </message>
    <message>
      <source>1 picture has a size that does not fit that of its input.</source>
      <translation>1 張圖片的大小與其輸入不相符。</translation>
    </message>
    <message>
      <source>1 picture is blurred.</source>
      <translation>有 1 張圖片模糊。</translation>
    </message>
    <message>
      <source>1 picture is nearly the same as another.</source>
      <translation>有 1 張圖片與另一張幾乎相同。</translation>
    </message>
    <message>
      <source>1 picture is noisy.</source>
      <translation>有 1 張圖片有雜訊。</translation>
    </message>
    <message>
      <source>1 picture is shifted against its input.</source>
      <translation>1 張圖片與其輸入之間有位移。</translation>
    </message>
    <message>
      <source>1 picture is strongly compressed.</source>
      <translation>有 1 張圖片壓縮過度。</translation>
    </message>
    <message>
      <source>1 picture is too small to learn from.</source>
      <translation>有 1 張圖片太小，無法用來學習。</translation>
    </message>
    <message>
      <source>1 picture shows something else than its input.</source>
      <translation>有 1 張圖片的內容與其輸入不同。</translation>
    </message>
    <message>
      <source>1 picture that it never saw</source>
      <translation>1 張它從未見過的圖片</translation>
    </message>
    <message>
      <source>1 picture to learn from is nearly the same as one to judge by.</source>
      <translation>有 1 張學習用的圖片與評分用的圖片幾乎相同。</translation>
    </message>
    <message>
      <source>1 step</source>
      <translation>1 步</translation>
    </message>
    <message>
      <source>A batch of {0} cannot be divided among {1} processes.</source>
      <translation>大小為 {0} 的批次無法平均分給 {1} 個行程。</translation>
    </message>
    <message>
      <source>A critic learns from the truth alone.</source>
      <translation>評論網路只從真實圖片學習。</translation>
    </message>
    <message>
      <source>A critic took part in its learning: it asks for texture like that of real pictures, which PSNR does not reward. Judge it by the look of its pictures.</source>
      <translation>學習時有評論網路參與：它要求像真實圖片那樣的紋理，而 PSNR 不會因此提高。請以圖片的樣子來判斷。</translation>
    </message>
    <message>
      <source>A direction is learned from two groups of examples.</source>
      <translation>方向由兩組範例學得。</translation>
    </message>
    <message>
      <source>A frame of {0} seconds is out of range.</source>
      <translation>每影格 {0} 秒超出範圍。</translation>
    </message>
    <message>
      <source>A latent of one dimension has no map.</source>
      <translation>一維的潛在空間沒有地圖。</translation>
    </message>
    <message>
      <source>A model called “{0}” exists already.</source>
      <translation>已經有名為「{0}」的模型。</translation>
    </message>
    <message>
      <source>A name cannot hold the sign {0} on every system.</source>
      <translation>名稱中不能含有 {0} 這個符號，並非每種系統都接受。</translation>
    </message>
    <message>
      <source>A name ends in its suffix, which tells its format.</source>
      <translation>名稱要以副檔名結尾，以表明格式。</translation>
    </message>
    <message>
      <source>A name holds no slash.</source>
      <translation>名稱中不能有斜線。</translation>
    </message>
    <message>
      <source>A name that begins with a dot is hidden.</source>
      <translation>以句點開頭的名稱會被隱藏。</translation>
    </message>
    <message>
      <source>A noise level of {0} is out of range.</source>
      <translation>雜訊強度 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A path leads from one pin to another.</source>
      <translation>路徑由一個圖釘通往另一個。</translation>
    </message>
    <message>
      <source>A path of {0} frames is too long.</source>
      <translation>{0} 個影格的路徑太長。</translation>
    </message>
    <message>
      <source>A path of {0} pins is too long to walk.</source>
      <translation>{0} 個圖釘的路徑太長，無法走完。</translation>
    </message>
    <message>
      <source>A picture is cleaned first only where it is enlarged.</source>
      <translation>只有放大圖片時才能先清理。</translation>
    </message>
    <message>
      <source>A quality of {0} is out of range.</source>
      <translation>品質 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A recipe has no “{0}”.</source>
      <translation>配方沒有「{0}」這個欄位。</translation>
    </message>
    <message>
      <source>A scale of {0} is out of range.</source>
      <translation>放大倍率 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A share of {0} is out of range.</source>
      <translation>比例 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A size of {0} pixels is out of range.</source>
      <translation>{0} 像素的大小超出範圍。</translation>
    </message>
    <message>
      <source>A temperature of {0} is out of range.</source>
      <translation>溫度 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A truncation of {0} is out of range.</source>
      <translation>截斷值 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A variation of {0} is out of range.</source>
      <translation>變化量 {0} 超出範圍。</translation>
    </message>
    <message>
      <source>A {0} of {1} is out of range.</source>
      <translation>{0} 的值 {1} 超出範圍。</translation>
    </message>
    <message>
      <source>About {0} would suit it: add pictures, or choose a smaller network.</source>
      <translation>大約 {0} 百萬像素才合適：請增加圖片，或選擇較小的網路。</translation>
    </message>
    <message>
      <source>About {0} would suit it: start from a shipped model, or add pictures.</source>
      <translation>大約 {0} 百萬像素才合適：請從內附的模型開始，或增加圖片。</translation>
    </message>
    <message>
      <source>Add it with “pip install aestudio[umap]”, or choose another plane.</source>
      <translation>請以「pip install aestudio[umap]」加裝，或選擇另一種平面。</translation>
    </message>
    <message>
      <source>Add some: {0} are the least.</source>
      <translation>請加入一些：至少需要 {0} 張。</translation>
    </message>
    <message>
      <source>Add what is missing.</source>
      <translation>請補上缺少的項目。</translation>
    </message>
    <message>
      <source>Against doing nothing it gains {gain:.1f} dB ({score:.1f} dB in all).</source>
      <translation>與什麼都不做相比提升 {gain:.1f} dB（共 {score:.1f} dB）。</translation>
    </message>
    <message>
      <source>Against plain enlarging it gains {gain:.1f} dB ({score:.1f} dB in all).</source>
      <translation>與一般放大相比提升 {gain:.1f} dB（共 {score:.1f} dB）。</translation>
    </message>
    <message>
      <source>All are learned from with 8 bits; they can stay.</source>
      <translation>全部都以 8 位元學習；可以保留。</translation>
    </message>
    <message>
      <source>Allow changes of its folder.</source>
      <translation>請允許更改它的資料夾。</translation>
    </message>
    <message>
      <source>Allow it, or choose a folder of your own.</source>
      <translation>請允許寫入，或選擇您自己的資料夾。</translation>
    </message>
    <message>
      <source>An animation is not shown {0} times.</source>
      <translation>動畫無法播放 {0} 次。</translation>
    </message>
    <message>
      <source>An animation of no frames cannot be written.</source>
      <translation>沒有影格的動畫無法寫入。</translation>
    </message>
    <message>
      <source>An animation of {0} frames of {1} pixels is too large to write.</source>
      <translation>{0} 個 {1} 像素影格的動畫太大，無法寫入。</translation>
    </message>
    <message>
      <source>Ask for permission to read it, or copy it elsewhere.</source>
      <translation>請取得讀取權限，或把它複製到別處。</translation>
    </message>
    <message>
      <source>Available: {0}.</source>
      <translation>可用的有：{0}。</translation>
    </message>
    <message>
      <source>Begin it with {stem}.</source>
      <translation>請以 {stem} 開頭。</translation>
    </message>
    <message>
      <source>Both groups lie in the same place, so that no direction leads from one to the other.</source>
      <translation>兩組位於同一處，因此沒有方向由一組通往另一組。</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>已取消。</translation>
    </message>
    <message>
      <source>Check its name and that you may read it.</source>
      <translation>請檢查名稱，並確認您可以讀取它。</translation>
    </message>
    <message>
      <source>Check its path.</source>
      <translation>請檢查路徑。</translation>
    </message>
    <message>
      <source>Check its rights and free space.</source>
      <translation>請檢查權限與可用空間。</translation>
    </message>
    <message>
      <source>Check that the file is complete, or save it again with another program.</source>
      <translation>請檢查檔案是否完整，或用其他程式重新儲存。</translation>
    </message>
    <message>
      <source>Check the disk, or choose another folder.</source>
      <translation>請檢查磁碟，或選擇其他資料夾。</translation>
    </message>
    <message>
      <source>Check the path and the disk that it lies on.</source>
      <translation>請檢查路徑與所在的磁碟。</translation>
    </message>
    <message>
      <source>Choose .png, .tif, .jpg, .webp, .avif, .jxl, .jp2 or .exr.</source>
      <translation>請選擇 .png、.tif、.jpg、.webp、.avif、.jxl、.jp2 或 .exr。</translation>
    </message>
    <message>
      <source>Choose 0 to 1.</source>
      <translation>請選擇 0 到 1。</translation>
    </message>
    <message>
      <source>Choose 0 to 100, or auto.</source>
      <translation>請選擇 0 到 100，或自動。</translation>
    </message>
    <message>
      <source>Choose 0 to 5.</source>
      <translation>請選擇 0 到 5。</translation>
    </message>
    <message>
      <source>Choose 1 to 100.</source>
      <translation>請選擇 1 到 100。</translation>
    </message>
    <message>
      <source>Choose 1 to 1000, or 0 for ever.</source>
      <translation>請選擇 1 到 1000，或以 0 表示永遠。</translation>
    </message>
    <message>
      <source>Choose 1 to 4096.</source>
      <translation>請選擇 1 到 4096。</translation>
    </message>
    <message>
      <source>Choose 1 to {0}.</source>
      <translation>請選擇 1 到 {0}。</translation>
    </message>
    <message>
      <source>Choose PNG or TIFF.</source>
      <translation>請選擇 PNG 或 TIFF。</translation>
    </message>
    <message>
      <source>Choose a denoiser that judges the noise by itself.</source>
      <translation>請選擇能自行判斷雜訊的去雜訊模型。</translation>
    </message>
    <message>
      <source>Choose a depth of {0}, or TIFF.</source>
      <translation>請選擇位元深度 {0}，或使用 TIFF。</translation>
    </message>
    <message>
      <source>Choose a file of directions that aestudio exported, or a newer aestudio.</source>
      <translation>請選擇 aestudio 匯出的方向檔，或使用較新的 aestudio。</translation>
    </message>
    <message>
      <source>Choose a file.</source>
      <translation>請選擇檔案。</translation>
    </message>
    <message>
      <source>Choose a folder of whole pictures.</source>
      <translation>請選擇圖片完好的資料夾。</translation>
    </message>
    <message>
      <source>Choose a larger one.</source>
      <translation>請選擇較大的圖片。</translation>
    </message>
    <message>
      <source>Choose a larger part, in fewer cells.</source>
      <translation>請選擇較大的範圍與較少的格子。</translation>
    </message>
    <message>
      <source>Choose a larger size.</source>
      <translation>請選擇較大的尺寸。</translation>
    </message>
    <message>
      <source>Choose a model of the task vae.</source>
      <translation>請選擇任務為 vae 的模型。</translation>
    </message>
    <message>
      <source>Choose a model of two or more dimensions.</source>
      <translation>請選擇二維或以上的模型。</translation>
    </message>
    <message>
      <source>Choose a multiple of {0} with --batch: it is the batch of all of them together.</source>
      <translation>請用 --batch 選擇 {0} 的倍數：它是所有行程合計的批次大小。</translation>
    </message>
    <message>
      <source>Choose a recipe of that scale, or folders of pairs that have it.</source>
      <translation>請選擇符合該倍率的配方，或倍率相符的成對資料夾。</translation>
    </message>
    <message>
      <source>Choose a reference of the same size.</source>
      <translation>請選擇相同尺寸的參考圖。</translation>
    </message>
    <message>
      <source>Choose a shorter one.</source>
      <translation>請選擇較短的名稱。</translation>
    </message>
    <message>
      <source>Choose a size up to {0} times larger.</source>
      <translation>請選擇不超過 {0} 倍的尺寸。</translation>
    </message>
    <message>
      <source>Choose a smaller size, fewer frames, or single files.</source>
      <translation>請選擇較小的大小、較少的影格或單一檔案。</translation>
    </message>
    <message>
      <source>Choose another folder or format.</source>
      <translation>請選擇其他資料夾或格式。</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>請選擇其他資料夾。</translation>
    </message>
    <message>
      <source>Choose another model.</source>
      <translation>請選擇另一個模型。</translation>
    </message>
    <message>
      <source>Choose another model: {0}.</source>
      <translation>請選擇另一個模型：{0}。</translation>
    </message>
    <message>
      <source>Choose another name, or overwrite it.</source>
      <translation>請選擇其他名稱，或覆寫它。</translation>
    </message>
    <message>
      <source>Choose another name, resume its run or overwrite it.</source>
      <translation>請選擇其他名稱、接續它的訓練，或覆寫它。</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>請選擇其他名稱。</translation>
    </message>
    <message>
      <source>Choose another place for the copy.</source>
      <translation>請為副本選擇另一個位置。</translation>
    </message>
    <message>
      <source>Choose another teacher, or leave it away.</source>
      <translation>請選另一個教師模型，或不使用。</translation>
    </message>
    <message>
      <source>Choose at least one kind of damage.</source>
      <translation>請至少選擇一種劣化方式。</translation>
    </message>
    <message>
      <source>Choose at least {0}.</source>
      <translation>請至少選擇 {0}。</translation>
    </message>
    <message>
      <source>Choose auto, cpu, cuda, cuda:N or mps.</source>
      <translation>請選擇 auto、cpu、cuda、cuda:N 或 mps。</translation>
    </message>
    <message>
      <source>Choose auto, or another model to set a level.</source>
      <translation>請選擇自動，或改用其他模型來設定強度。</translation>
    </message>
    <message>
      <source>Choose auto, {0}.</source>
      <translation>請選擇 auto、{0}。</translation>
    </message>
    <message>
      <source>Choose denoise or upscale.</source>
      <translation>請選擇 denoise 或 upscale。</translation>
    </message>
    <message>
      <source>Choose fewer frames between pins, or fewer pins: at most {0} frames.</source>
      <translation>請減少圖釘之間的影格數或圖釘數：最多 {0} 個影格。</translation>
    </message>
    <message>
      <source>Choose keep, 8, 16 or 32f.</source>
      <translation>請選擇 keep、8、16 或 32f。</translation>
    </message>
    <message>
      <source>Choose more than 0, up to 10.</source>
      <translation>請選擇大於 0、不超過 10 的數值。</translation>
    </message>
    <message>
      <source>Choose more than 1, up to 16.</source>
      <translation>請選擇大於 1、不超過 16 的數值。</translation>
    </message>
    <message>
      <source>Choose one for {0}.</source>
      <translation>請選擇用於 {0} 的模型。</translation>
    </message>
    <message>
      <source>Choose one of the same task.</source>
      <translation>請選擇相同任務的模型。</translation>
    </message>
    <message>
      <source>Choose one of {0}.</source>
      <translation>請從 {0} 中選擇。</translation>
    </message>
    <message>
      <source>Choose other arguments.</source>
      <translation>請選擇其他參數。</translation>
    </message>
    <message>
      <source>Choose other examples.</source>
      <translation>請選擇其他範例。</translation>
    </message>
    <message>
      <source>Choose others.</source>
      <translation>請選擇其他圖片。</translation>
    </message>
    <message>
      <source>Choose pictures of one model.</source>
      <translation>請選擇同一模型的圖片。</translation>
    </message>
    <message>
      <source>Choose that model first.</source>
      <translation>請先選擇該模型。</translation>
    </message>
    <message>
      <source>Choose the folder above.</source>
      <translation>請選擇上一層的資料夾。</translation>
    </message>
    <message>
      <source>Choose the model that they were made with.</source>
      <translation>請選擇當初產生它們的模型。</translation>
    </message>
    <message>
      <source>Choose the pictures in it.</source>
      <translation>請選擇其中的圖片。</translation>
    </message>
    <message>
      <source>Choose those of one model.</source>
      <translation>請選擇同一模型的範例。</translation>
    </message>
    <message>
      <source>Choose two of one model.</source>
      <translation>請選擇同一模型的兩個方向。</translation>
    </message>
    <message>
      <source>Choose two that point different ways.</source>
      <translation>請選擇兩個指向不同的方向。</translation>
    </message>
    <message>
      <source>Choose upscale.</source>
      <translation>請選擇放大。</translation>
    </message>
    <message>
      <source>Choose {0} to 60.</source>
      <translation>請選擇 {0} 到 60。</translation>
    </message>
    <message>
      <source>Close other programs and try again.</source>
      <translation>請關閉其他程式後再試一次。</translation>
    </message>
    <message>
      <source>Close other programs or use a smaller picture.</source>
      <translation>請關閉其他程式，或使用較小的圖片。</translation>
    </message>
    <message>
      <source>Close other programs, or choose smaller crops or a smaller network.</source>
      <translation>請關閉其他程式，或選擇較小的裁切或較小的網路。</translation>
    </message>
    <message>
      <source>Close other programs, or make it smaller elsewhere first.</source>
      <translation>請關閉其他程式，或先用其他程式將它縮小。</translation>
    </message>
    <message>
      <source>Close other programs.</source>
      <translation>請關閉其他程式。</translation>
    </message>
    <message>
      <source>Commands such as “aestudio denoise” work without one.</source>
      <translation>「aestudio denoise」這類指令不需要螢幕也能使用。</translation>
    </message>
    <message>
      <source>Convert it to RGB.</source>
      <translation>請先轉換成 RGB。</translation>
    </message>
    <message>
      <source>Copy or download it again.</source>
      <translation>請重新複製或下載。</translation>
    </message>
    <message>
      <source>Copy or save it again.</source>
      <translation>請重新複製或儲存。</translation>
    </message>
    <message>
      <source>Correct the file.</source>
      <translation>請修正這個檔案。</translation>
    </message>
    <message>
      <source>Correct the recipe, or the options that change it.</source>
      <translation>請更正配方，或更正改動它的選項。</translation>
    </message>
    <message>
      <source>Create it, or choose another one.</source>
      <translation>請建立它，或選擇其他的。</translation>
    </message>
    <message>
      <source>Crops of {0} pixels do not suit the model {1}.</source>
      <translation>{0} 像素的裁切不適合模型 {1}。</translation>
    </message>
    <message>
      <source>Degradation</source>
      <translation>劣化方式</translation>
    </message>
    <message>
      <source>Denoise, best</source>
      <translation>降噪（最佳）</translation>
    </message>
    <message>
      <source>Denoise, fast</source>
      <translation>降噪（快速）</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>裝置</translation>
    </message>
    <message>
      <source>Did you mean {0}?</source>
      <translation>您是指 {0} 嗎？</translation>
    </message>
    <message>
      <source>Digits by class</source>
      <translation>依類別的數字</translation>
    </message>
    <message>
      <source>Digits on a map</source>
      <translation>地圖上的數字</translation>
    </message>
    <message>
      <source>Digits, hierarchical</source>
      <translation>數字（階層式）</translation>
    </message>
    <message>
      <source>Emoji</source>
      <translation>表情符號</translation>
    </message>
    <message>
      <source>Emoji that nobody drew, 64 pixels, by a VAE with a latent of 64 numbers.</source>
      <translation>沒有人畫過的表情符號，64 像素，由潛在向量有 64 個數字的 VAE 產生。</translation>
    </message>
    <message>
      <source>End it with {suffix}.</source>
      <translation>請以 {suffix} 結尾。</translation>
    </message>
    <message>
      <source>Enlarge ×2, fast</source>
      <translation>放大 ×2（快速）</translation>
    </message>
    <message>
      <source>Enlarge ×3, fast</source>
      <translation>放大 ×3（快速）</translation>
    </message>
    <message>
      <source>Enlarge ×4, fast</source>
      <translation>放大 ×4（快速）</translation>
    </message>
    <message>
      <source>Enlarge ×4, photo</source>
      <translation>放大 ×4（照片）</translation>
    </message>
    <message>
      <source>Enlarges pictures and undoes the damage that was chosen for its training.</source>
      <translation>放大圖片，並還原訓練時所選的劣化。</translation>
    </message>
    <message>
      <source>Enlarges pictures as in the pairs that it learned from, each of a small picture and its large one.</source>
      <translation>依它學習過的成對圖片放大圖片，每一對是小圖與其大圖。</translation>
    </message>
    <message>
      <source>Faces of people who don't exist, 128 pixels, by a hierarchical VAE.</source>
      <translation>不存在的人的臉，128 像素，由階層式 VAE 產生。</translation>
    </message>
    <message>
      <source>Faces of people who don't exist, 64 pixels, by a hierarchical VAE.</source>
      <translation>並不存在的人的臉孔，64 像素，由階層式 VAE 產生。</translation>
    </message>
    <message>
      <source>Faithful ×2 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation>忠實地將乾淨圖片放大 ×2：讓已有的細節更清晰，很少無中生有。</translation>
    </message>
    <message>
      <source>Faithful ×3 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation>忠實地將乾淨圖片放大 ×3：讓已有的細節更清晰，很少無中生有。</translation>
    </message>
    <message>
      <source>Faithful ×4 enlargement of clean pictures: it sharpens what is there and invents little.</source>
      <translation>忠實地將乾淨圖片放大 ×4：讓已有的細節更清晰，很少無中生有。</translation>
    </message>
    <message>
      <source>Fetch the file again or choose another model.</source>
      <translation>請重新取得檔案，或選擇其他模型。</translation>
    </message>
    <message>
      <source>Files ending in {0} cannot be written.</source>
      <translation>無法寫入副檔名為 {0} 的檔案。</translation>
    </message>
    <message>
      <source>Free some disk space.</source>
      <translation>請釋出一些磁碟空間。</translation>
    </message>
    <message>
      <source>Free some space or choose another folder.</source>
      <translation>請釋出空間，或選擇其他資料夾。</translation>
    </message>
    <message>
      <source>Free some space there, move it away, or let AESTUDIO_HOME be a folder on this computer.</source>
      <translation>請在那裡釋出空間、將它移走，或將 AESTUDIO_HOME 設為這部電腦上的資料夾。</translation>
    </message>
    <message>
      <source>Free space or choose another folder.</source>
      <translation>請騰出空間，或選擇另一個資料夾。</translation>
    </message>
    <message>
      <source>Free {0} GB on the disk of {1}.</source>
      <translation>請在 {1} 所在的磁碟上騰出 {0} GB。</translation>
    </message>
    <message>
      <source>Give a lowest and a highest number within {0} to {1}.</source>
      <translation>請給定介於 {0} 到 {1} 之間的最低值與最高值。</translation>
    </message>
    <message>
      <source>Give a lowest and a highest one.</source>
      <translation>請給定最低值與最高值。</translation>
    </message>
    <message>
      <source>Give both files of a pair the same name.</source>
      <translation>請讓成對的兩個檔案使用相同的名稱。</translation>
    </message>
    <message>
      <source>Give every vector one, or none of them.</source>
      <translation>請給每個向量一個類別，或全都不給。</translation>
    </message>
    <message>
      <source>Give it a name that ends in .html.</source>
      <translation>請給它一個以 .html 結尾的名稱。</translation>
    </message>
    <message>
      <source>Give it a name that ends in {0}.</source>
      <translation>請給它一個以 {0} 結尾的名稱。</translation>
    </message>
    <message>
      <source>Handwritten digits by a hierarchical VAE whose decoder paints in four passes: the closest fit to the data.</source>
      <translation>由階層式 VAE 產生的手寫數字，其解碼器分四次描繪：最貼近資料。</translation>
    </message>
    <message>
      <source>Handwritten digits in two dimensions: every point of the map is a picture, and like digits lie together.</source>
      <translation>二維的手寫數字：地圖上的每一點都是一張圖片，相似的數字彼此相鄰。</translation>
    </message>
    <message>
      <source>Handwritten digits of the class that you name, in the style that the latent vector says.</source>
      <translation>您指定類別的手寫數字，筆跡由潛在向量決定。</translation>
    </message>
    <message>
      <source>Held-out pictures under simulated noise: PSNR, dB (higher is better)</source>
      <translation>保留圖片加上模擬雜訊：PSNR，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures, before and after</source>
      <translation>保留的圖片，處理前與處理後</translation>
    </message>
    <message>
      <source>Held-out pictures, each before and after; what they really look like is not known</source>
      <translation>保留的圖片，各為處理前與處理後；實際樣貌未知</translation>
    </message>
    <message>
      <source>Held-out pictures, each before, after and as it really is</source>
      <translation>保留的圖片，各為處理前、處理後與實際樣貌</translation>
    </message>
    <message>
      <source>Held-out pictures: PSNR, dB (higher is better)</source>
      <translation>保留的圖片：PSNR，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: agreement of neighbours, dB (higher is better)</source>
      <translation>保留的圖片：鄰近像素的一致程度，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: bound, nats (higher is better)</source>
      <translation>保留的圖片：下界，nats（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: likelihood of what their codes become, nats (higher is better)</source>
      <translation>保留的圖片：由編碼還原出的似然，nats（越高越好）</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>小時</translation>
    </message>
    <message>
      <source>How alike what it removes is from pixel to pixel, at shifts of up to four: grey is not at all</source>
      <translation>移除的部分在相距四個像素以內的相似程度：灰色表示完全不相似</translation>
    </message>
    <message>
      <source>How it learned</source>
      <translation>學習的過程</translation>
    </message>
    <message>
      <source>If you trust it, allow larger pictures in the preferences, or on the command line with --max-pixels {0}.</source>
      <translation>如果您信任它，請在偏好設定中允許更大的圖片，或在命令列使用 --max-pixels {0}。</translation>
    </message>
    <message>
      <source>Install aestudio again.</source>
      <translation>請重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>Install it with its extra: pip install "aestudio[{0}]".</source>
      <translation>請連同附加套件一起安裝：pip install "aestudio[{0}]"。</translation>
    </message>
    <message>
      <source>Install it with your system's package manager, or install aestudio again where it is the program's own.</source>
      <translation>請用系統的套件管理員安裝；若它屬於本程式，請重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>Install that version to use it.</source>
      <translation>請安裝該版本以使用它。</translation>
    </message>
    <message>
      <source>Installed models: {0}.</source>
      <translation>已安裝的模型：{0}。</translation>
    </message>
    <message>
      <source>It began to learn its own pictures by heart: they went on getting easier while the others got worse. Its best version was kept; more pictures would help, more time would not.</source>
      <translation>它開始死記自己的圖片：那些圖片越來越容易，其他圖片卻變差了。已保留最好的版本；更多圖片會有幫助，更多時間則不會。</translation>
    </message>
    <message>
      <source>It got worse again towards the end, as with too few pictures; its best version was kept.</source>
      <translation>到最後又變差了，如同圖片太少時那樣；已保留最好的版本。</translation>
    </message>
    <message>
      <source>It had stopped improving, on its own pictures too: what is left is hidden by the noise, or more than a network of this size can do. More time would change little, more pictures or a larger network might.</source>
      <translation>它已不再進步，連自己的圖片也是：剩下的被雜訊蓋住，或超出這種大小的網路所能。更多時間幫助不大，更多圖片或更大的網路也許有用。</translation>
    </message>
    <message>
      <source>It had stopped improving: more time would change little, more pictures might.</source>
      <translation>它已不再進步：更多時間幫助不大，更多圖片或許可以。</translation>
    </message>
    <message>
      <source>It had stopped improving: most of what is left is the noise of the pictures that it is judged by, which nothing can predict.</source>
      <translation>它已不再進步：剩下的大多是用來評判的圖片本身的雜訊，沒有任何方法能預測。</translation>
    </message>
    <message>
      <source>It holds a depth map, which is left out.</source>
      <translation>它含有深度圖，已略去。</translation>
    </message>
    <message>
      <source>It holds a gain map for HDR screens, which is left out.</source>
      <translation>它含有 HDR 螢幕用的增益圖，已略去。</translation>
    </message>
    <message>
      <source>It holds a sequence of pictures; the first one is used.</source>
      <translation>它含有一連串圖片；使用第一張。</translation>
    </message>
    <message>
      <source>It holds a short video, which is left out.</source>
      <translation>它含有一段短影片，已略去。</translation>
    </message>
    <message>
      <source>It holds another picture, which is left out.</source>
      <translation>它含有另一張圖片，已略去。</translation>
    </message>
    <message>
      <source>It holds masks made by the camera, which are left out.</source>
      <translation>它含有相機製作的遮罩，已略去。</translation>
    </message>
    <message>
      <source>It holds {0} more channel{1}; only colour and alpha are used.</source>
      <translation>它另有 {0} 個色版；只使用色彩與透明度。</translation>
    </message>
    <message>
      <source>It holds {0} more pictures, which are left out.</source>
      <translation>它另含有 {0} 張圖片，已略去。</translation>
    </message>
    <message>
      <source>It holds {0} pictures; the first one is used.</source>
      <translation>它含有 {0} 張圖片；使用第一張。</translation>
    </message>
    <message>
      <source>It is better to crop them to what both show.</source>
      <translation>最好將它們裁切到兩者都有的部分。</translation>
    </message>
    <message>
      <source>It is encoded for HDR screens ({0}); its numbers are kept, but look flat where that is not known.</source>
      <translation>它以 HDR 螢幕用的方式編碼({0})；數值會保留，但在不支援的地方看起來較平淡。</translation>
    </message>
    <message>
      <source>It is for up to {0}: choose another plane.</source>
      <translation>最多適用於 {0} 個：請選擇另一種平面。</translation>
    </message>
    <message>
      <source>It is most of them: learn from noisy pictures alone instead.</source>
      <translation>大部分圖片都是如此：請改用「只從有雜訊的圖片學習」。</translation>
    </message>
    <message>
      <source>It is most of them: the model will not be better than they are.</source>
      <translation>大部分圖片都是如此：模型不會比它們更好。</translation>
    </message>
    <message>
      <source>It is no better than doing nothing yet: give it more time or more pictures, or let it start from a shipped model.</source>
      <translation>它還不比什麼都不做好：請給它更多時間或更多圖片，或讓它從內建模型開始。</translation>
    </message>
    <message>
      <source>It is no better than doing nothing yet: give it more time or more pictures.</source>
      <translation>它還不比什麼都不做好：請給它更多時間或更多圖片。</translation>
    </message>
    <message>
      <source>It is no better than doing nothing.</source>
      <translation>它不比什麼都不做好。</translation>
    </message>
    <message>
      <source>It is unlike the pictures that this model was trained on: look closely at the result.</source>
      <translation>它與這個模型學習過的圖片不同：請仔細檢視結果。</translation>
    </message>
    <message>
      <source>It knows {0}.</source>
      <translation>它認得 {0}。</translation>
    </message>
    <message>
      <source>It knows {0}; install a newer version or choose another model.</source>
      <translation>它認得 {0}；請安裝較新版本或選擇其他模型。</translation>
    </message>
    <message>
      <source>It learned for {steps} only: too few to say what more time would bring.</source>
      <translation>它只學習了 {steps}：太少，無法判斷更多時間會有什麼幫助。</translation>
    </message>
    <message>
      <source>It must be {0}.</source>
      <translation>必須是 {0}。</translation>
    </message>
    <message>
      <source>It needs at least {0}.</source>
      <translation>至少需要 {0} 個。</translation>
    </message>
    <message>
      <source>It needs {0} pixels and more on a side.</source>
      <translation>每邊至少需要 {0} 像素。</translation>
    </message>
    <message>
      <source>It reads JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, OpenEXR, JPEG 2000, BMP, GIF, PSD and camera RAW.</source>
      <translation>可讀取 JPEG、PNG、TIFF、WebP、AVIF、HEIC、JPEG XL、OpenEXR、JPEG 2000、BMP、GIF、PSD 與相機 RAW。</translation>
    </message>
    <message>
      <source>It removes next to nothing from the pictures to judge by.</source>
      <translation>它從評分用的圖片中幾乎沒有移除任何東西。</translation>
    </message>
    <message>
      <source>It takes {0}.</source>
      <translation>它接受 {0}。</translation>
    </message>
    <message>
      <source>It was developed from camera RAW to 16-bit sRGB with the camera's white balance.</source>
      <translation>已由相機 RAW 以相機的白平衡顯影為 16 位元 sRGB。</translation>
    </message>
    <message>
      <source>It was not written; use the model as it is.</source>
      <translation>沒有寫入；請直接使用這個模型。</translation>
    </message>
    <message>
      <source>It was still improving when it stopped: more time would help.</source>
      <translation>停止時仍在進步：更多時間會有幫助。</translation>
    </message>
    <message>
      <source>It will be worse on pictures unlike these.</source>
      <translation>對於與這些不同的圖片，效果會較差。</translation>
    </message>
    <message>
      <source>Its CMYK inks were converted to sRGB by a plain formula, because it holds no usable profile.</source>
      <translation>因為沒有可用的色彩描述檔，其 CMYK 油墨以簡單公式轉換為 sRGB。</translation>
    </message>
    <message>
      <source>Its CMYK inks were converted to sRGB through its own profile.</source>
      <translation>其 CMYK 油墨已透過自身的色彩描述檔轉換為 sRGB。</translation>
    </message>
    <message>
      <source>Its SSIM, how alike structures are (1: the same), is {score:.3f}; of the pictures left alone {before:.3f}.</source>
      <translation>它的 SSIM（結構相似程度，1 為相同）是 {score:.3f}；不處理的圖片是 {before:.3f}。</translation>
    </message>
    <message>
      <source>Its colours have primaries of their own, which are left out: other programs will take them for others.</source>
      <translation>它的色彩有自己的原色定義，未保留；其他程式會把它們當成別的色彩。</translation>
    </message>
    <message>
      <source>Its palette was expanded to full colours.</source>
      <translation>其調色盤已展開為完整色彩。</translation>
    </message>
    <message>
      <source>Its {0} values are kept as 32-bit float, as shares of the largest one.</source>
      <translation>其 {0} 數值以 32 位元浮點數保存，為最大值的比例。</translation>
    </message>
    <message>
      <source>Keep at most {0} of them.</source>
      <translation>最多保留 {0} 個。</translation>
    </message>
    <message>
      <source>Known are {0}.</source>
      <translation>已知的有 {0}。</translation>
    </message>
    <message>
      <source>Leave it out, or copy it again.</source>
      <translation>請排除它，或重新複製。</translation>
    </message>
    <message>
      <source>Leave it out.</source>
      <translation>請將它去掉。</translation>
    </message>
    <message>
      <source>Leave one of them out.</source>
      <translation>請去掉其中一個。</translation>
    </message>
    <message>
      <source>Leave the class out.</source>
      <translation>請不要指定類別。</translation>
    </message>
    <message>
      <source>Leave the teacher away, or set adversarial to 0.</source>
      <translation>請不用教師模型，或將 adversarial 設為 0。</translation>
    </message>
    <message>
      <source>Leave the teacher away.</source>
      <translation>請不用教師模型。</translation>
    </message>
    <message>
      <source>Left out of the run; copy again what you need.</source>
      <translation>它們會被排除；需要的話請重新複製。</translation>
    </message>
    <message>
      <source>Left out of the run; give both files of a pair the same name.</source>
      <translation>訓練時會略過；請讓一組配對的兩個檔案同名。</translation>
    </message>
    <message>
      <source>Left out of the run; look whether they are pairs.</source>
      <translation>訓練時會略過；請確認它們是否為配對。</translation>
    </message>
    <message>
      <source>Left out, because a side is shorter than {0} pixels: {1} of {2} pictures.</source>
      <translation>因邊長不足 {0} 像素而略過：{2} 張圖片中的 {1} 張。</translation>
    </message>
    <message>
      <source>Left out, because a side is shorter than {0} pixels: {1} pairs.</source>
      <translation>因邊長不足 {0} 像素而略過：{1} 對。</translation>
    </message>
    <message>
      <source>Left out, because the sizes of the two files do not fit ({0}): {1} and others.</source>
      <translation>因兩個檔案的尺寸不符而略過（{0}）：{1} 等。</translation>
    </message>
    <message>
      <source>Left out, because the sizes of the two files do not fit ({0}): {1}.</source>
      <translation>因兩個檔案的尺寸不符而略過（{0}）：{1}。</translation>
    </message>
    <message>
      <source>Left out, because they cannot be read: {0} of {1} files ({2} and others).</source>
      <translation>因無法讀取而略過：{1} 個檔案中的 {0} 個（{2} 等）。</translation>
    </message>
    <message>
      <source>Left out, because they cannot be read: {0} of {1} files ({2}).</source>
      <translation>因無法讀取而略過：{1} 個檔案中的 {0} 個（{2}）。</translation>
    </message>
    <message>
      <source>Left out, because they have no partner of their name ({0}): {1} and others.</source>
      <translation>因沒有同名的另一半而略過（{0}）：{1} 等。</translation>
    </message>
    <message>
      <source>Left out, because they have no partner of their name ({0}): {1}.</source>
      <translation>因沒有同名的另一半而略過（{0}）：{1}。</translation>
    </message>
    <message>
      <source>Let AESTUDIO_HOME be a folder that all machines share.</source>
      <translation>請讓 AESTUDIO_HOME 指向所有機器共用的資料夾。</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>授權</translation>
    </message>
    <message>
      <source>Line {0} of {1} has no number in the column {2}.</source>
      <translation>{1} 的第 {0} 行在欄位 {2} 沒有數字。</translation>
    </message>
    <message>
      <source>Look at the folder's rights and room.</source>
      <translation>請檢查資料夾的權限與剩餘空間。</translation>
    </message>
    <message>
      <source>Loss of the training pictures (lower is better)</source>
      <translation>訓練圖片的損失（越低越好）</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>製作日期</translation>
    </message>
    <message>
      <source>Make it, or choose another one.</source>
      <translation>請建立它，或選擇另一個。</translation>
    </message>
    <message>
      <source>Make room, or check the folder's permissions.</source>
      <translation>請騰出空間，或檢查資料夾的權限。</translation>
    </message>
    <message>
      <source>Make the vectors anew.</source>
      <translation>請重新產生向量。</translation>
    </message>
    <message>
      <source>Megapixels seen</source>
      <translation>看過的百萬像素</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Move it away to start with none.</source>
      <translation>將它移走即可重新開始。</translation>
    </message>
    <message>
      <source>Name a TOML file or one of: {0}.</source>
      <translation>請指定 TOML 檔案，或以下之一：{0}。</translation>
    </message>
    <message>
      <source>Name a file in it.</source>
      <translation>請指定其中的檔案。</translation>
    </message>
    <message>
      <source>Name a file that aestudio encode wrote.</source>
      <translation>請指定由 aestudio encode 寫出的檔案。</translation>
    </message>
    <message>
      <source>Name a file that ends in .npz or .csv.</source>
      <translation>請指定以 .npz 或 .csv 結尾的檔案。</translation>
    </message>
    <message>
      <source>Name a folder of pictures.</source>
      <translation>請指定圖片資料夾。</translation>
    </message>
    <message>
      <source>Name a folder of whole pictures.</source>
      <translation>請指定圖片完整的資料夾。</translation>
    </message>
    <message>
      <source>Name a folder that holds JPEG, PNG or TIFF files.</source>
      <translation>請指定含有 JPEG、PNG 或 TIFF 檔案的資料夾。</translation>
    </message>
    <message>
      <source>Name folders of whole pictures.</source>
      <translation>請指定內含完整圖片的資料夾。</translation>
    </message>
    <message>
      <source>Name the file after the model's id.</source>
      <translation>請以模型的代號命名檔案。</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>網路</translation>
    </message>
    <message>
      <source>No model for the task “{0}” is installed.</source>
      <translation>沒有安裝任務「{0}」的模型。</translation>
    </message>
    <message>
      <source>No pair is at least {0} pixels on its shorter side.</source>
      <translation>沒有任何一對圖片的短邊達到 {0} 像素。</translation>
    </message>
    <message>
      <source>No picture in {0} has the name of one in {1}.</source>
      <translation>{0} 裡沒有任何圖片與 {1} 裡的同名。</translation>
    </message>
    <message>
      <source>No picture in {0} is at least {1} pixels on its shorter side.</source>
      <translation>{0} 中沒有短邊至少 {1} 像素的圖片。</translation>
    </message>
    <message>
      <source>No picture is at least {0} pixels on its shorter side.</source>
      <translation>沒有任何圖片的短邊達到 {0} 像素。</translation>
    </message>
    <message>
      <source>No space left on the disk of {0} for {1}.</source>
      <translation>{0} 所在的磁碟沒有空間存放 {1}。</translation>
    </message>
    <message>
      <source>None of the pairs can be read.</source>
      <translation>沒有任何一組配對可以讀取。</translation>
    </message>
    <message>
      <source>None of the pictures can be read.</source>
      <translation>沒有任何圖片可以讀取。</translation>
    </message>
    <message>
      <source>None of the pictures in {0} can be read.</source>
      <translation>{0} 中的圖片都無法讀取。</translation>
    </message>
    <message>
      <source>None of these pictures can be read.</source>
      <translation>這些圖片都無法讀取。</translation>
    </message>
    <message>
      <source>Not every process finds the run's checkpoint, {0}.</source>
      <translation>並非每個行程都能找到這次訓練的檢查點 {0}。</translation>
    </message>
    <message>
      <source>Nothing can be added to this program. It works where aestudio is a Python package: pip install "aestudio[{0}]".</source>
      <translation>這個程式無法再加裝任何東西。以 Python 套件安裝的 aestudio 才能使用：pip install "aestudio[{0}]"。</translation>
    </message>
    <message>
      <source>Nothing can be written into {0}: {1}.</source>
      <translation>無法寫入 {0}：{1}。</translation>
    </message>
    <message>
      <source>Nothing happens to the pictures.</source>
      <translation>圖片沒有任何劣化。</translation>
    </message>
    <message>
      <source>Nothing of the picture is left to measure.</source>
      <translation>圖片中已沒有可衡量的部分。</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>沒有任何更動。</translation>
    </message>
    <message>
      <source>Of the {0} pictures in {1} {2}, taken at random, are learned from.</source>
      <translation>從 {1} 的 {0} 張圖片中隨機取 {2} 張來學習。</translation>
    </message>
    <message>
      <source>On pictures that it never saw it got worse again towards the end, as with too few pictures. Its last version was kept, which knows its own best; more pictures would help, more time would not.</source>
      <translation>在它沒看過的圖片上，最後又變差了，就像圖片太少時那樣。保留的是最後的版本，它最熟悉自己的圖片；更多圖片會有幫助，更多時間則不會。</translation>
    </message>
    <message>
      <source>On {unseen} it is no better than the model that it started from: that one knows pictures like yours already, or there was too little time.</source>
      <translation>在 {unseen}上，它不比作為起點的模型好：那個模型已經熟悉您這類圖片，或時間太少。</translation>
    </message>
    <message>
      <source>On {unseen} it is no better than the model that it started from: that one knows pictures like yours already.</source>
      <translation>在 {unseen}上，它不比作為起點的模型好：那個模型已經熟悉您這類圖片。</translation>
    </message>
    <message>
      <source>On {unseen} it is {gain:.1f} dB better than the model that it started from.</source>
      <translation>在 {unseen}上，它比作為起點的模型好 {gain:.1f} dB。</translation>
    </message>
    <message>
      <source>On {unseen} its bound is {score:.1f} nats (higher is better).</source>
      <translation>在 {unseen}上，它的下界是 {score:.1f} nats（越高越好）。</translation>
    </message>
    <message>
      <source>On {unseen} the likelihood of what codes become is {score:.1f} nats (higher is better), {psnr:.1f} dB PSNR.</source>
      <translation>在 {unseen}上，由編碼還原出的似然為 {score:.1f} nats（越高越好），PSNR 為 {psnr:.1f} dB。</translation>
    </message>
    <message>
      <source>Only files that aestudio has exported can be imported.</source>
      <translation>只能匯入由 aestudio 匯出的檔案。</translation>
    </message>
    <message>
      <source>Only models made by aestudio can be used.</source>
      <translation>只能使用由 aestudio 製作的模型。</translation>
    </message>
    <message>
      <source>Only what has a truth can be taught by another model.</source>
      <translation>只有具備真實圖片的訓練才能由另一個模型教導。</translation>
    </message>
    <message>
      <source>Only your own models can be renamed or deleted.</source>
      <translation>只有您自己的模型可以改名或刪除。</translation>
    </message>
    <message>
      <source>Out of memory while the held-out pictures were scored: the run goes on and tries again later.</source>
      <translation>評分保留的圖片時記憶體不足：訓練繼續，稍後再試。</translation>
    </message>
    <message>
      <source>Out of memory while the weights were moved: they are now moved one after the other.</source>
      <translation>更新權重時記憶體不足：現在改為逐一更新。</translation>
    </message>
    <message>
      <source>Out of memory: each batch of {0} is now worked through in {1} parts, which makes the same step in more time.</source>
      <translation>記憶體不足：每批 {0} 張現在分成 {1} 份處理，步驟相同但較花時間。</translation>
    </message>
    <message>
      <source>Photo, fast</source>
      <translation>照片（快速）</translation>
    </message>
    <message>
      <source>Pictures held out</source>
      <translation>保留的圖片</translation>
    </message>
    <message>
      <source>Pictures that it is judged by</source>
      <translation>評分用的圖片</translation>
    </message>
    <message>
      <source>Pictures to learn from</source>
      <translation>用來學習的圖片</translation>
    </message>
    <message>
      <source>Portraits</source>
      <translation>肖像</translation>
    </message>
    <message>
      <source>Portraits, larger</source>
      <translation>人像（較大）</translation>
    </message>
    <message>
      <source>Process {0} has run out of memory.</source>
      <translation>行程 {0} 的記憶體不足。</translation>
    </message>
    <message>
      <source>Put MNIST's four idx.gz files into one folder.</source>
      <translation>請將 MNIST 的四個 idx.gz 檔案放進同一個資料夾。</translation>
    </message>
    <message>
      <source>Put a picture into each of them.</source>
      <translation>請在每組放入圖片。</translation>
    </message>
    <message>
      <source>Put the original file back or choose another model.</source>
      <translation>請放回原始檔案，或選擇其他模型。</translation>
    </message>
    <message>
      <source>Put the original file back.</source>
      <translation>請放回原始檔案。</translation>
    </message>
    <message>
      <source>Qt and Qt for Python (PySide6, Shiboken) are used under the GNU Lesser General Public License, version 3. They are shared libraries of their own (in PySide6 and shiboken6 beside the program) and unchanged: put your own builds of the same version in their place and the program runs with them. Their sources are at https://download.qt.io/official_releases/qt/ and https://download.qt.io/official_releases/QtForPython/.</source>
      <translation>Qt 與 Qt for Python(PySide6、Shiboken)依 GNU 較寬鬆公共授權條款第 3 版使用。它們是獨立的共用程式庫（位於程式旁的 PySide6 與 shiboken6 資料夾），未經修改：您可以換成自己建置的相同版本，程式便會使用它們。其原始碼位於 https://download.qt.io/official_releases/qt/ 與 https://download.qt.io/official_releases/QtForPython/。</translation>
    </message>
    <message>
      <source>Raise the memory limit in the preferences.</source>
      <translation>請在偏好設定中提高記憶體上限。</translation>
    </message>
    <message>
      <source>Remove or rename them.</source>
      <translation>請移除或重新命名它們。</translation>
    </message>
    <message>
      <source>Removes grain of a known or estimated strength, in colour and in grey.</source>
      <translation>去除已知或估計強度的顆粒，彩色與灰階皆可。</translation>
    </message>
    <message>
      <source>Removes grain of a known or estimated strength, in colour and in grey; slower and truer than its fast sibling.</source>
      <translation>去除已知或估計強度的顆粒，彩色與灰階皆可；比快速版慢，也更忠實。</translation>
    </message>
    <message>
      <source>Removes noise like that of the pictures that it learned from, of which there were no clean ones.</source>
      <translation>移除與它學習過的圖片相似的雜訊；那些圖片沒有乾淨的版本。</translation>
    </message>
    <message>
      <source>Removes the noise of cameras and the blocks of JPEG files from photos; it judges by itself how much there is.</source>
      <translation>去除照片中的相機雜訊與 JPEG 方塊；會自行判斷雜訊有多少。</translation>
    </message>
    <message>
      <source>Rename the file.</source>
      <translation>請重新命名檔案。</translation>
    </message>
    <message>
      <source>Restores pictures as in the pairs that it learned from, each of a spoiled picture and its true one.</source>
      <translation>依它學習過的成對圖片還原圖片，每一對是劣化的圖片與其真實樣子。</translation>
    </message>
    <message>
      <source>Resume it without naming a start, or train under another name.</source>
      <translation>請不指定起始模型來繼續，或以另一個名稱訓練。</translation>
    </message>
    <message>
      <source>Resume it without naming a teacher, or train under another name.</source>
      <translation>請不指定教師模型來繼續，或以另一個名稱訓練。</translation>
    </message>
    <message>
      <source>Resume with the recipe it was started with, or train under another name.</source>
      <translation>請以開始時的配方繼續，或用其他名稱訓練。</translation>
    </message>
    <message>
      <source>Resuming at step {0}.</source>
      <translation>從第 {0} 步繼續。</translation>
    </message>
    <message>
      <source>Save it again with LZW or ZIP compression.</source>
      <translation>請改用 LZW 或 ZIP 壓縮重新儲存。</translation>
    </message>
    <message>
      <source>Scene-linear values are written display-encoded and clipped to 0..1.</source>
      <translation>場景線性數值以顯示編碼寫入，並限制在 0..1。</translation>
    </message>
    <message>
      <source>Scores of doing nothing</source>
      <translation>不處理的分數</translation>
    </message>
    <message>
      <source>Scores of held-out pictures</source>
      <translation>保留圖片的分數</translation>
    </message>
    <message>
      <source>Scores of the model it started from</source>
      <translation>起始模型的分數</translation>
    </message>
    <message>
      <source>Set at least two pins.</source>
      <translation>請至少設定兩個圖釘。</translation>
    </message>
    <message>
      <source>Set at least two.</source>
      <translation>請至少設定兩個。</translation>
    </message>
    <message>
      <source>Shifted against their truth, in pixels to the right and down ({0}): {1} and others.</source>
      <translation>與真實圖片錯位，向右、向下的像素數（{0}）：{1} 等。</translation>
    </message>
    <message>
      <source>Shifted against their truth, in pixels to the right and down ({0}): {1}.</source>
      <translation>與真實圖片錯位，向右、向下的像素數（{0}）：{1}。</translation>
    </message>
    <message>
      <source>Show more of it.</source>
      <translation>請多顯示一些。</translation>
    </message>
    <message>
      <source>Showing something else than their inputs ({0}): {1} and others. Look whether they are pairs.</source>
      <translation>內容與其輸入不同（{0}）：{1} 等。請檢查它們是否成對。</translation>
    </message>
    <message>
      <source>Showing something else than their inputs ({0}): {1}. Look whether they are pairs.</source>
      <translation>內容與其輸入不同（{0}）：{1}。請檢查它們是否成對。</translation>
    </message>
    <message>
      <source>Some of the latent values are not numbers.</source>
      <translation>有些潛在數值不是數字。</translation>
    </message>
    <message>
      <source>Something unexpected went wrong ({0}).</source>
      <translation>發生了未預期的問題（{0}）。</translation>
    </message>
    <message>
      <source>Something went wrong inside aestudio.</source>
      <translation>aestudio 內部發生錯誤。</translation>
    </message>
    <message>
      <source>Sort them into one folder per class.</source>
      <translation>請依類別放進各自的資料夾。</translation>
    </message>
    <message>
      <source>Start the run anew.</source>
      <translation>請重新開始訓練。</translation>
    </message>
    <message>
      <source>Start torchrun with --max-restarts: the run then goes on from its checkpoint in smaller parts.</source>
      <translation>請以 --max-restarts 啟動 torchrun：訓練便會從檢查點以較小的部分繼續。</translation>
    </message>
    <message>
      <source>Started from</source>
      <translation>起始模型</translation>
    </message>
    <message>
      <source>Starting from {0}.</source>
      <translation>從 {0} 開始。</translation>
    </message>
    <message>
      <source>Starting from {0}; new: {1}.</source>
      <translation>從 {0} 開始；新的部分：{1}。</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>步數</translation>
    </message>
    <message>
      <source>Such pairs are cropped to what both show.</source>
      <translation>這樣的配對會裁切到兩張都有的範圍。</translation>
    </message>
    <message>
      <source>Take it out of the folder.</source>
      <translation>請把它移出資料夾。</translation>
    </message>
    <message>
      <source>Taught by</source>
      <translation>教師模型</translation>
    </message>
    <message>
      <source>Taught by {0}.</source>
      <translation>由 {0} 教導。</translation>
    </message>
    <message>
      <source>TensorBoard is not installed.</source>
      <translation>尚未安裝 TensorBoard。</translation>
    </message>
    <message>
      <source>That cannot be a model's name.</source>
      <translation>這不能當作模型的名稱。</translation>
    </message>
    <message>
      <source>The EXIF of this camera RAW was not read; it is left out.</source>
      <translation>未讀取這個相機 RAW 檔的 EXIF；已略去。</translation>
    </message>
    <message>
      <source>The GPU failed in the middle of this job.</source>
      <translation>GPU 在這項工作途中發生故障。</translation>
    </message>
    <message>
      <source>The ONNX file of “{0}” differs from the model by {1}, more than {2}.</source>
      <translation>「{0}」的 ONNX 檔案與模型相差 {1}，超過 {2}。</translation>
    </message>
    <message>
      <source>The card of the model</source>
      <translation>模型的卡片</translation>
    </message>
    <message>
      <source>The checkpoint {0} belongs to another recipe.</source>
      <translation>檢查點 {0} 屬於另一個配方。</translation>
    </message>
    <message>
      <source>The checkpoint {0} cannot be read.</source>
      <translation>無法讀取檢查點 {0}。</translation>
    </message>
    <message>
      <source>The checkpoint {0} cannot be written.</source>
      <translation>無法寫入檢查點 {0}。</translation>
    </message>
    <message>
      <source>The design “{0}” cannot be built from the arguments on the model's card.</source>
      <translation>無法依模型卡上的參數建立設計「{0}」。</translation>
    </message>
    <message>
      <source>The design “{0}” cannot be built with {1}.</source>
      <translation>無法以 {1} 建立「{0}」設計的網路。</translation>
    </message>
    <message>
      <source>The design “{0}” takes no {1}.</source>
      <translation>設計「{0}」不接受 {1}。</translation>
    </message>
    <message>
      <source>The device “{0}” is not available on this machine{1}.</source>
      <translation>這台機器上沒有裝置「{0}」{1}。</translation>
    </message>
    <message>
      <source>The directions cannot be written to {0}.</source>
      <translation>無法將方向寫入 {0}。</translation>
    </message>
    <message>
      <source>The directions in {0} were made by a newer version of aestudio.</source>
      <translation>{0} 中的方向由較新版本的 aestudio 製作。</translation>
    </message>
    <message>
      <source>The directions on the card of “{0}” are damaged.</source>
      <translation>「{0}」卡片上的方向已損壞。</translation>
    </message>
    <message>
      <source>The disk has {0} MB left, and the run needs {1}.</source>
      <translation>磁碟剩下 {0} MB，而訓練需要 {1} MB。</translation>
    </message>
    <message>
      <source>The disk is full: {0} cannot be written.</source>
      <translation>磁碟已滿：無法寫入 {0}。</translation>
    </message>
    <message>
      <source>The display {0} cannot be reached.</source>
      <translation>無法連上顯示器 {0}。</translation>
    </message>
    <message>
      <source>The engine stopped in the middle of this job.</source>
      <translation>引擎在這項工作途中停止了。</translation>
    </message>
    <message>
      <source>The engine stopped.</source>
      <translation>引擎已停止。</translation>
    </message>
    <message>
      <source>The examples were made by different models.</source>
      <translation>這些範例由不同模型製作。</translation>
    </message>
    <message>
      <source>The file {0} cannot be read.</source>
      <translation>無法讀取檔案 {0}。</translation>
    </message>
    <message>
      <source>The folder of {0} does not exist.</source>
      <translation>{0} 的資料夾不存在。</translation>
    </message>
    <message>
      <source>The folder {0} cannot be written to.</source>
      <translation>無法寫入資料夾 {0}。</translation>
    </message>
    <message>
      <source>The folder {0} cannot be written.</source>
      <translation>無法寫入資料夾 {0}。</translation>
    </message>
    <message>
      <source>The folder {0} does not exist.</source>
      <translation>資料夾 {0} 不存在。</translation>
    </message>
    <message>
      <source>The folder {0} is not there.</source>
      <translation>資料夾 {0} 不存在。</translation>
    </message>
    <message>
      <source>The journal {0} cannot be used.</source>
      <translation>無法使用日誌 {0}。</translation>
    </message>
    <message>
      <source>The journal {0} was made by a newer version.</source>
      <translation>日誌 {0} 是由較新的版本建立的。</translation>
    </message>
    <message>
      <source>The loss stopped being a number at step {0}: the run goes on from step {1} with {2} times the learning rate.</source>
      <translation>損失在第 {0} 步不再是數字：訓練從第 {1} 步以 {2} 倍的學習率繼續。</translation>
    </message>
    <message>
      <source>The maker notes of this camera RAW were not read; they are left out.</source>
      <translation>未讀取這個相機 RAW 檔的製造商註記（MakerNote）；已略去。</translation>
    </message>
    <message>
      <source>The model cannot be written to {0}.</source>
      <translation>無法將模型寫入 {0}。</translation>
    </message>
    <message>
      <source>The model cannot be written to {0}: {1}.</source>
      <translation>模型無法寫入 {0}：{1}。</translation>
    </message>
    <message>
      <source>The model card in {0} is damaged.</source>
      <translation>{0} 中的模型卡已損壞。</translation>
    </message>
    <message>
      <source>The model card in {0} is incomplete.</source>
      <translation>{0} 中的模型卡不完整。</translation>
    </message>
    <message>
      <source>The model is installed already, as “{0}”.</source>
      <translation>這個模型已經安裝，名為「{0}」。</translation>
    </message>
    <message>
      <source>The model that it started from agrees as well.</source>
      <translation>它的起始模型的一致程度相同。</translation>
    </message>
    <message>
      <source>The model that it started from has {gain:.1f} dB less of it.</source>
      <translation>它的起始模型的一致程度少 {gain:.1f} dB。</translation>
    </message>
    <message>
      <source>The model that it started from is as good there.</source>
      <translation>它的起始模型在這裡一樣好。</translation>
    </message>
    <message>
      <source>The model that it started from is {gain:.1f} dB behind there.</source>
      <translation>它的起始模型在這裡落後 {gain:.1f} dB。</translation>
    </message>
    <message>
      <source>The model to start from has another design.</source>
      <translation>作為起點的模型是另一種設計。</translation>
    </message>
    <message>
      <source>The model would learn to blur: have shifted pairs moved into place.</source>
      <translation>模型會學到模糊：請讓有位移的配對先對齊。</translation>
    </message>
    <message>
      <source>The model would learn to guess: look whether they are pairs.</source>
      <translation>模型會學著用猜的：請檢查它們是否成對。</translation>
    </message>
    <message>
      <source>The model would learn to keep such blocks: leave them out.</source>
      <translation>模型會學到保留這種方塊：請排除它們。</translation>
    </message>
    <message>
      <source>The model would learn to keep such noise: leave them out.</source>
      <translation>模型會學到保留這種雜訊：請排除它們。</translation>
    </message>
    <message>
      <source>The model would learn to leave blur: leave them out.</source>
      <translation>模型會學到保留模糊：請排除它們。</translation>
    </message>
    <message>
      <source>The model {0} enlarges {1} times, and the recipe is for {2} times.</source>
      <translation>模型 {0} 放大 {1} 倍，而配方為 {2} 倍。</translation>
    </message>
    <message>
      <source>The model {0} is for the task {1}, not for {2}.</source>
      <translation>模型 {0} 用於 {1} 任務，而非 {2}。</translation>
    </message>
    <message>
      <source>The model {0} is told the noise, and the one to fit judges it by itself.</source>
      <translation>模型 {0} 須被告知雜訊，而要訓練的模型自行判斷雜訊。</translation>
    </message>
    <message>
      <source>The model {0} judges the noise by itself, and the one to fit is told it.</source>
      <translation>模型 {0} 自行判斷雜訊，而要訓練的模型須被告知雜訊。</translation>
    </message>
    <message>
      <source>The model “{0}” cannot clean a picture first.</source>
      <translation>模型「{0}」無法用來先清理圖片。</translation>
    </message>
    <message>
      <source>The model “{0}” comes with aestudio and stays as it is.</source>
      <translation>模型「{0}」隨 aestudio 提供，維持原樣。</translation>
    </message>
    <message>
      <source>The model “{0}” exists, and its run left no checkpoint.</source>
      <translation>模型「{0}」已存在，而它的訓練沒有留下檢查點。</translation>
    </message>
    <message>
      <source>The model “{0}” exists.</source>
      <translation>模型「{0}」已存在。</translation>
    </message>
    <message>
      <source>The model “{0}” has no classes.</source>
      <translation>模型「{0}」沒有類別。</translation>
    </message>
    <message>
      <source>The model “{0}” has no encoder: it makes pictures and takes none.</source>
      <translation>模型「{0}」沒有編碼器：它產生圖片，但無法讀入圖片。</translation>
    </message>
    <message>
      <source>The model “{0}” has no latent space.</source>
      <translation>模型「{0}」沒有潛在空間。</translation>
    </message>
    <message>
      <source>The model “{0}” is for the task {1}.</source>
      <translation>模型「{0}」用於任務 {1}。</translation>
    </message>
    <message>
      <source>The model “{0}” judges the noise by itself.</source>
      <translation>模型「{0}」會自行判斷雜訊。</translation>
    </message>
    <message>
      <source>The model “{0}” knows no class “{1}”.</source>
      <translation>模型「{0}」不認得類別「{1}」。</translation>
    </message>
    <message>
      <source>The name template “{0}” is not usable.</source>
      <translation>名稱範本「{0}」無法使用。</translation>
    </message>
    <message>
      <source>The name template “{0}” names no file.</source>
      <translation>名稱範本「{0}」沒有產生檔名。</translation>
    </message>
    <message>
      <source>The name {0} is too long for this disk.</source>
      <translation>名稱 {0} 對這個磁碟來說太長。</translation>
    </message>
    <message>
      <source>The name {0} says {1}, the format asked for is {2}.</source>
      <translation>名稱 {0} 表示 {1}，但要求的格式是 {2}。</translation>
    </message>
    <message>
      <source>The network design “{0}” is not known to this version.</source>
      <translation>這個版本不認得網路設計「{0}」。</translation>
    </message>
    <message>
      <source>The next job starts it again.</source>
      <translation>下一項工作會再次啟動它。</translation>
    </message>
    <message>
      <source>The others are done; the reasons are in the list.</source>
      <translation>其他的都完成了；原因列在清單中。</translation>
    </message>
    <message>
      <source>The pairs in {0} are too many to read them all first: they are read while the network learns, with up to {1} MB of them in memory.</source>
      <translation>{0} 的成對圖片太多，無法先全部讀取：網路學習時同時讀取，記憶體中最多保留 {1} MB。</translation>
    </message>
    <message>
      <source>The path of {0} is not one that can be opened.</source>
      <translation>{0} 的路徑無法開啟。</translation>
    </message>
    <message>
      <source>The picture is too small to learn from: its shorter side must be {0} pixels at least.</source>
      <translation>圖片太小，無法學習：較短邊至少須有 {0} 像素。</translation>
    </message>
    <message>
      <source>The picture is too small to look at its damage.</source>
      <translation>圖片太小，無法預覽劣化效果。</translation>
    </message>
    <message>
      <source>The picture is {0} × {1} pixels already, as large as it was to become.</source>
      <translation>圖片已經是 {0} × {1} 像素，與目標一樣大。</translation>
    </message>
    <message>
      <source>The picture of {0} × {1} pixels would have to become {2} times larger.</source>
      <translation>{0} × {1} 像素的圖片必須放大 {2} 倍。</translation>
    </message>
    <message>
      <source>The pictures in {0} are read more slowly than the network learns: each is now learned from {1} times as long.</source>
      <translation>{0} 裡的圖片讀取速度趕不上網路學習的速度；現在每張圖片會用來學習 {1} 倍長的時間。</translation>
    </message>
    <message>
      <source>The pictures in {0} are too many to read them all first: they are read while the network learns, with up to {1} MB of them in memory.</source>
      <translation>{0} 的圖片太多，無法先全部讀取：網路學習時同時讀取，記憶體中最多保留 {1} MB。</translation>
    </message>
    <message>
      <source>The pictures in {0} can be read again.</source>
      <translation>{0} 裡的圖片又可以讀取了。</translation>
    </message>
    <message>
      <source>The pictures in {0} cannot be read any more; the run goes on with what it has in memory, and tries again now and then.</source>
      <translation>{0} 裡的圖片已無法讀取；訓練會以記憶體中現有的圖片繼續，並不時再試一次。</translation>
    </message>
    <message>
      <source>The pictures in {0} have no classes.</source>
      <translation>{0} 中的圖片沒有類別。</translation>
    </message>
    <message>
      <source>The pictures in {0} keep the run waiting: it goes on with what it has in memory until they come, and would end a little differently if it were repeated.</source>
      <translation>{0} 裡的圖片讓訓練一直等待；在讀到之前會以記憶體中現有的圖片繼續，若重新執行，結果會略有不同。</translation>
    </message>
    <message>
      <source>The pictures that it is judged by are others than before: it is scored anew.</source>
      <translation>評分用的圖片與之前不同：重新評分。</translation>
    </message>
    <message>
      <source>The plane's directions are of different lengths.</source>
      <translation>平面的兩個方向長度不同。</translation>
    </message>
    <message>
      <source>The points in {0} do not fit the model.</source>
      <translation>{0} 中的點與模型不符。</translation>
    </message>
    <message>
      <source>The range of {0} is not made of numbers.</source>
      <translation>{0} 的範圍不是數字。</translation>
    </message>
    <message>
      <source>The range of {0} is out of bounds.</source>
      <translation>{0} 的範圍超出界限。</translation>
    </message>
    <message>
      <source>The reasons are in the list.</source>
      <translation>原因列在清單中。</translation>
    </message>
    <message>
      <source>The recipe has unknown keys: {0}.</source>
      <translation>配方含有未知的項目：{0}。</translation>
    </message>
    <message>
      <source>The recipe is incomplete: it has no {0}.</source>
      <translation>配方不完整：沒有 {0}。</translation>
    </message>
    <message>
      <source>The recipe is not usable: {0}.</source>
      <translation>配方無法使用：{0}。</translation>
    </message>
    <message>
      <source>The recipe {0} cannot be written.</source>
      <translation>無法寫入配方 {0}。</translation>
    </message>
    <message>
      <source>The recipe {0} is not valid TOML: {1}.</source>
      <translation>配方 {0} 不是有效的 TOML：{1}。</translation>
    </message>
    <message>
      <source>The recipe's damage has unknown keys: {0}.</source>
      <translation>配方的 damage 裡有不認得的鍵：{0}。</translation>
    </message>
    <message>
      <source>The recipe's {0} is {1}.</source>
      <translation>配方的 {0} 是 {1}。</translation>
    </message>
    <message>
      <source>The reference has {0} × {1} pixels and this picture {2} × {3}.</source>
      <translation>參考圖為 {0} × {1} 像素，而這張圖片為 {2} × {3}。</translation>
    </message>
    <message>
      <source>The report cannot be written to {0}.</source>
      <translation>無法將報告寫入 {0}。</translation>
    </message>
    <message>
      <source>The result would replace the original, {0}.</source>
      <translation>結果會取代原始檔案 {0}。</translation>
    </message>
    <message>
      <source>The run began from nothing, not with the model {0}.</source>
      <translation>這次訓練是從零開始的，並非從模型 {0} 開始。</translation>
    </message>
    <message>
      <source>The run began with the model {0}, not with {1}.</source>
      <translation>這次訓練是從模型 {0} 開始的，並非從 {1} 開始。</translation>
    </message>
    <message>
      <source>The run has had {0} minutes already, all that it was to: nothing is trained. Give it more.</source>
      <translation>這次訓練已用了 {0} 分鐘，達到設定的時間：沒有再訓練。請給它更多時間。</translation>
    </message>
    <message>
      <source>The run has no teacher, and not the model {0}.</source>
      <translation>這次訓練沒有教師模型，也不是由模型 {0} 教導。</translation>
    </message>
    <message>
      <source>The run has taken {0} steps already, all that it was to: nothing is trained. Give it more.</source>
      <translation>這次訓練已走了 {0} 步，達到設定的步數：沒有再訓練。請給它更多步數。</translation>
    </message>
    <message>
      <source>The run is taught by the model {0}, not by {1}.</source>
      <translation>這次訓練由模型 {0} 教導，而非 {1}。</translation>
    </message>
    <message>
      <source>The run was started with the {0} {1}, the recipe says {2}.</source>
      <translation>這次訓練以 {0} {1} 開始，但配方寫的是 {2}。</translation>
    </message>
    <message>
      <source>The score would be too good to be true: leave them out.</source>
      <translation>分數會好得不真實：請排除它們。</translation>
    </message>
    <message>
      <source>The settings in {0} were made by a newer version of aestudio.</source>
      <translation>{0} 中的設定是由較新版本的 aestudio 建立的。</translation>
    </message>
    <message>
      <source>The source's description counts pictures or values that the result does not have; it is left out.</source>
      <translation>來源的描述所記的圖片數或數值與結果不符；已略去。</translation>
    </message>
    <message>
      <source>The tensors in {0} do not fit the design on its card (first: {1}).</source>
      <translation>{0} 中的張量與其模型卡上的設計不符（第一個：{1}）。</translation>
    </message>
    <message>
      <source>The true pictures are {0} their inputs, and the recipe is for {1} times.</source>
      <translation>真值圖片與輸入的大小關係是「{0}」，而配方要求的是 {1} 倍。</translation>
    </message>
    <message>
      <source>The vectors are of shape {0}; this model takes (N, {1}).</source>
      <translation>向量的形狀為 {0}；這個模型需要 (N, {1})。</translation>
    </message>
    <message>
      <source>The vectors in {0} were made by the model “{1}”, and this is “{2}”.</source>
      <translation>{0} 中的向量由模型「{1}」產生，而目前的模型是「{2}」。</translation>
    </message>
    <message>
      <source>The weight file {0} cannot be read.</source>
      <translation>無法讀取權重檔 {0}。</translation>
    </message>
    <message>
      <source>The weight file {0} is damaged.</source>
      <translation>權重檔 {0} 已損壞。</translation>
    </message>
    <message>
      <source>The weight file {0} is damaged: {1} holds what are no numbers.</source>
      <translation>權重檔 {0} 已損壞：{1} 含有不是數字的值。</translation>
    </message>
    <message>
      <source>The weight file {0} is incomplete: {1} of {2} bytes.</source>
      <translation>權重檔 {0} 不完整：只有 {1} / {2} 位元組。</translation>
    </message>
    <message>
      <source>The weights cannot be written to {0}.</source>
      <translation>無法將權重寫入 {0}。</translation>
    </message>
    <message>
      <source>The window system reported a problem.</source>
      <translation>視窗系統回報了問題。</translation>
    </message>
    <message>
      <source>The window system's library {0} cannot be loaded.</source>
      <translation>無法載入視窗系統的程式庫 {0}。</translation>
    </message>
    <message>
      <source>Their shorter side has less than {0} pixels: they are left out.</source>
      <translation>它們的短邊不到 {0} 像素：會被排除。</translation>
    </message>
    <message>
      <source>There are no pictures in {0}.</source>
      <translation>{0} 中沒有圖片。</translation>
    </message>
    <message>
      <source>There are only {0} pictures.</source>
      <translation>只有 {0} 張圖片。</translation>
    </message>
    <message>
      <source>There are too few pictures to tell which are alike.</source>
      <translation>圖片太少，無法判斷哪些相似。</translation>
    </message>
    <message>
      <source>There is a run of “{0}” that can go on.</source>
      <translation>「{0}」還有一次可以繼續的訓練。</translation>
    </message>
    <message>
      <source>There is no checkpoint of “{0}”; the run starts anew.</source>
      <translation>沒有「{0}」的檢查點；訓練重新開始。</translation>
    </message>
    <message>
      <source>There is no clean picture to compare with: how well a pixel is predicted from its neighbours, on {unseen}, stands at {score:.1f} dB, {gain:+.1f} dB against leaving the noise in. This is agreement, not PSNR; the noise itself is its ceiling.</source>
      <translation>沒有乾淨的圖片可以比較：在 {unseen}上，由鄰近像素預測一個像素的程度是 {score:.1f} dB，與保留雜訊相比為 {gain:+.1f} dB。這是一致程度，不是 PSNR；雜訊本身就是它的上限。</translation>
    </message>
    <message>
      <source>There is no clean picture to compare with: on {unseen}, restored, made smaller and given noise like that of yours, it reaches {score:.1f} dB, {gain:+.1f} dB against leaving that noise in.</source>
      <translation>沒有乾淨的圖片可供比較：在 {unseen}（經還原並縮小，再加上與您的圖片相似的雜訊）上，它達到 {score:.1f} dB，相較於保留雜訊為 {gain:+.1f} dB。</translation>
    </message>
    <message>
      <source>There is no depth {0}.</source>
      <translation>沒有位元深度 {0}。</translation>
    </message>
    <message>
      <source>There is no design “{0}”.</source>
      <translation>沒有「{0}」這種設計。</translation>
    </message>
    <message>
      <source>There is no device “{0}”.</source>
      <translation>沒有裝置「{0}」。</translation>
    </message>
    <message>
      <source>There is no display here to open a window on.</source>
      <translation>這裡沒有可以開啟視窗的螢幕。</translation>
    </message>
    <message>
      <source>There is no file {0}.</source>
      <translation>沒有檔案 {0}。</translation>
    </message>
    <message>
      <source>There is no folder {0}.</source>
      <translation>沒有資料夾 {0}。</translation>
    </message>
    <message>
      <source>There is no method “{0}”.</source>
      <translation>沒有「{0}」這種方法。</translation>
    </message>
    <message>
      <source>There is no model “{0}”.</source>
      <translation>沒有模型「{0}」。</translation>
    </message>
    <message>
      <source>There is no network size “{0}”.</source>
      <translation>沒有「{0}」這種網路大小。</translation>
    </message>
    <message>
      <source>There is no output format {0}.</source>
      <translation>沒有輸出格式 {0}。</translation>
    </message>
    <message>
      <source>There is no precision “{0}”.</source>
      <translation>沒有精度「{0}」。</translation>
    </message>
    <message>
      <source>There is no recipe {0}.</source>
      <translation>沒有配方 {0}。</translation>
    </message>
    <message>
      <source>There is no room on the disk for this result.</source>
      <translation>磁碟上沒有空間存放這個結果。</translation>
    </message>
    <message>
      <source>There is no task “{0}”.</source>
      <translation>沒有任務「{0}」。</translation>
    </message>
    <message>
      <source>There is not enough memory for a step on a single crop.</source>
      <translation>記憶體不足，連單一裁切的一步都無法進行。</translation>
    </message>
    <message>
      <source>There is not enough memory for this picture.</source>
      <translation>記憶體不足以處理這張圖片。</translation>
    </message>
    <message>
      <source>There is only 1 picture.</source>
      <translation>只有 1 張圖片。</translation>
    </message>
    <message>
      <source>There is room on the disk again; the run goes on.</source>
      <translation>磁碟又有空間了；訓練繼續。</translation>
    </message>
    <message>
      <source>There is too little memory to write {0}.</source>
      <translation>記憶體不足，無法寫入 {0}。</translation>
    </message>
    <message>
      <source>There was too little to keep some apart: it is judged by what it learned from, and may do worse on other pictures.</source>
      <translation>圖片太少，無法另外保留：評分用的就是它學習過的圖片，在其他圖片上可能較差。</translation>
    </message>
    <message>
      <source>These pictures cannot be added up.</source>
      <translation>這些圖片無法相加。</translation>
    </message>
    <message>
      <source>These two directions span no plane.</source>
      <translation>這兩個方向無法張成平面。</translation>
    </message>
    <message>
      <source>They are cropped to what both show.</source>
      <translation>已將它們裁切到兩者都有的部分。</translation>
    </message>
    <message>
      <source>They teach nothing about colour; leave them out unless the model shall do both.</source>
      <translation>它們無法教模型認識色彩；除非模型兩者都要處理，否則請排除。</translation>
    </message>
    <message>
      <source>This network cannot be written as ONNX.</source>
      <translation>這個網路無法寫成 ONNX。</translation>
    </message>
    <message>
      <source>This part of the map cannot be drawn.</source>
      <translation>無法繪製地圖的這個部分。</translation>
    </message>
    <message>
      <source>Tiles of {0} pixels are too small.</source>
      <translation>{0} 像素的圖塊太小。</translation>
    </message>
    <message>
      <source>Towards the end it got better on its own pictures only: more pictures would help more than more time.</source>
      <translation>到後來只有它自己的圖片變好：更多圖片比更多時間更有幫助。</translation>
    </message>
    <message>
      <source>Trained on</source>
      <translation>訓練資料</translation>
    </message>
    <message>
      <source>Try again.</source>
      <translation>請再試一次。</translation>
    </message>
    <message>
      <source>Try again; a smaller picture needs less memory.</source>
      <translation>請再試一次；較小的圖片需要較少記憶體。</translation>
    </message>
    <message>
      <source>Try again; if it happens again, choose the processor as the device in Preferences.</source>
      <translation>請再試一次；如果再次發生，請在偏好設定中將運算裝置改為處理器。</translation>
    </message>
    <message>
      <source>Try again; if it happens again, report it with the details.</source>
      <translation>請再試一次；如果再次發生，請附上詳細資料回報。</translation>
    </message>
    <message>
      <source>Try again; where it stops at the same file again, save that file anew by another program.</source>
      <translation>請再試一次；若又停在同一個檔案，請用其他程式重新儲存那個檔案。</translation>
    </message>
    <message>
      <source>UMAP is not installed.</source>
      <translation>尚未安裝 UMAP。</translation>
    </message>
    <message>
      <source>Undoes the damage that was chosen for its training, on pictures like those that it learned from.</source>
      <translation>還原訓練時所選的劣化，適用於與它學習過的圖片相似的圖片。</translation>
    </message>
    <message>
      <source>Use a multiple of {0}.</source>
      <translation>請用 {0} 的倍數。</translation>
    </message>
    <message>
      <source>Use larger pictures or a smaller patch.</source>
      <translation>請使用較大的圖片或較小的區塊。</translation>
    </message>
    <message>
      <source>Use letters, digits and dashes, and no name of a device such as con.</source>
      <translation>請使用字母、數字與連字號，且不要用 con 之類的裝置名稱。</translation>
    </message>
    <message>
      <source>Use one of {0}.</source>
      <translation>請使用以下之一：{0}。</translation>
    </message>
    <message>
      <source>Use that version, or move the file away to start with new settings.</source>
      <translation>請使用該版本，或移走該檔案以全新設定啟動。</translation>
    </message>
    <message>
      <source>Use that version.</source>
      <translation>請使用該版本。</translation>
    </message>
    <message>
      <source>Use the recipe it was started with.</source>
      <translation>請使用開始時的配方。</translation>
    </message>
    <message>
      <source>Use {stem} and {suffix}.</source>
      <translation>請使用 {stem} 與 {suffix}。</translation>
    </message>
    <message>
      <source>Use {stem}, {task} and {suffix}.</source>
      <translation>請使用 {stem}、{task} 與 {suffix}。</translation>
    </message>
    <message>
      <source>Values are rounded from 16 bits to 8 bits.</source>
      <translation>數值由 16 位元四捨五入為 8 位元。</translation>
    </message>
    <message>
      <source>Values are rounded from 32-bit float to 16 bits.</source>
      <translation>數值由 32 位元浮點數四捨五入為 16 位元。</translation>
    </message>
    <message>
      <source>Values are rounded from 32-bit float to 8 bits.</source>
      <translation>數值由 32 位元浮點數四捨五入為 8 位元。</translation>
    </message>
    <message>
      <source>Values outside 0..1 are clipped.</source>
      <translation>超出 0..1 的值會被截斷。</translation>
    </message>
    <message>
      <source>Vector {0} in {1} has no class.</source>
      <translation>{1} 中的第 {0} 個向量沒有類別。</translation>
    </message>
    <message>
      <source>What is there several times counts several times: keep one of each.</source>
      <translation>重複的圖片會重複計算：每種保留一張即可。</translation>
    </message>
    <message>
      <source>What it removes</source>
      <translation>它移除的部分</translation>
    </message>
    <message>
      <source>What it removes from the pictures to judge by has a pattern: pixels of it up to four apart are up to {alike:.0f}% alike or opposite (white noise: 0%). Either the noise itself is so, as of many cameras, or detail goes with it: look closely at fine texture.</source>
      <translation>它從評分用的圖片中移除的部分有規律：相距四個像素以內最多有 {alike:.0f}% 相似或相反（白雜訊：0%）。可能雜訊本身如此（許多相機都是），也可能細節一併被移除：請仔細看細緻的紋理。</translation>
    </message>
    <message>
      <source>What it removes from the pictures to judge by is only the finest of the noise: pixels of it up to four apart are up to {alike:.0f}% alike or opposite (white noise: 0%).</source>
      <translation>它從評分用的圖片中移除的只是最細的雜訊：相距四個像素以內最多有 {alike:.0f}% 相似或相反（白雜訊：0%）。</translation>
    </message>
    <message>
      <source>What it removes from the pictures to judge by looks like noise: pixels of it up to four apart are at most {alike:.0f}% alike (white noise: 0%).</source>
      <translation>它從評分用的圖片中移除的部分看起來像雜訊：相距四個像素以內最多有 {alike:.0f}% 相似（白雜訊：0%）。</translation>
    </message>
    <message>
      <source>What its first steps cost the model that it began with was not won back in this time: more time or a lower learning rate would help.</source>
      <translation>最初幾步讓它比起始的模型退步，這段時間內沒有補回來：更多時間或較低的學習率會有幫助。</translation>
    </message>
    <message>
      <source>Where it lies in its display window is left out.</source>
      <translation>它在顯示視窗中的位置未保留。</translation>
    </message>
    <message>
      <source>Where on earth the source's pixels lie is left out: the result's lie elsewhere.</source>
      <translation>來源像素的地理位置已略去：結果的像素位於他處。</translation>
    </message>
    <message>
      <source>With fewer than {0} a model learns them by heart, and its score is chance: add some.</source>
      <translation>少於 {0} 張時，模型會把它們背下來，分數也只是碰運氣：請增加一些。</translation>
    </message>
    <message>
      <source>With so few pictures to judge by, these figures are a hint only.</source>
      <translation>用來評判的圖片這麼少，這些數字只是提示。</translation>
    </message>
    <message>
      <source>Write --set KEY=VALUE.</source>
      <translation>請寫成 --set KEY=VALUE。</translation>
    </message>
    <message>
      <source>Write 1 to {0} letters.</source>
      <translation>請輸入 1 到 {0} 個字。</translation>
    </message>
    <message>
      <source>Write one there.</source>
      <translation>請在那裡填一個數字。</translation>
    </message>
    <message>
      <source>Writing ONNX files needs {0}.</source>
      <translation>寫入 ONNX 檔案需要 {0}。</translation>
    </message>
    <message>
      <source>Your files are unharmed. If it happens again, report it with the details.</source>
      <translation>您的檔案沒有受損。如果再次發生，請附上詳細資料回報。</translation>
    </message>
    <message>
      <source>a part of it lies outside the file</source>
      <translation>它有一部分落在檔案之外</translation>
    </message>
    <message>
      <source>doing nothing</source>
      <translation>不處理</translation>
    </message>
    <message>
      <source>it breaks off in the middle</source>
      <translation>它在中途斷掉</translation>
    </message>
    <message>
      <source>it contradicts itself about its depth</source>
      <translation>它對位元深度的說法前後矛盾</translation>
    </message>
    <message>
      <source>it ends in the middle of its header</source>
      <translation>它在檔頭中途就結束了</translation>
    </message>
    <message>
      <source>it has an implausibly large metadata block</source>
      <translation>它有一個大得不合理的中繼資料區塊</translation>
    </message>
    <message>
      <source>it holds no pixels</source>
      <translation>它不含任何像素</translation>
    </message>
    <message>
      <source>it is compressed in a foreign way</source>
      <translation>它的壓縮方式不明</translation>
    </message>
    <message>
      <source>its codestream does not begin as one</source>
      <translation>它的編碼串流開頭不正確</translation>
    </message>
    <message>
      <source>its content is not what its first bytes say</source>
      <translation>它的內容與開頭的位元組不符</translation>
    </message>
    <message>
      <source>its first picture has another size than its header says</source>
      <translation>它第一張圖片的尺寸與檔頭不符</translation>
    </message>
    <message>
      <source>its frame header is too short</source>
      <translation>它的影格標頭太短</translation>
    </message>
    <message>
      <source>its header ends early</source>
      <translation>它的檔頭提前結束</translation>
    </message>
    <message>
      <source>its header gives it no size</source>
      <translation>它的檔頭沒有寫出尺寸</translation>
    </message>
    <message>
      <source>its header is damaged</source>
      <translation>它的檔頭已損壞</translation>
    </message>
    <message>
      <source>its pixels have another depth than its header says</source>
      <translation>它的像素位元深度與檔頭不符</translation>
    </message>
    <message>
      <source>its values are of a kind that aestudio does not read with this compression</source>
      <translation>aestudio 無法在這種壓縮下讀取它的數值類型</translation>
    </message>
    <message>
      <source>one of its boxes ends early</source>
      <translation>它有一個資料區塊提前結束</translation>
    </message>
    <message>
      <source>one of its boxes has no length</source>
      <translation>它有一個資料區塊沒有長度</translation>
    </message>
    <message>
      <source>one of its boxes is implausibly large</source>
      <translation>它有一個資料區塊大得不合理</translation>
    </message>
    <message>
      <source>one of its segments has no length</source>
      <translation>它有一個區段沒有長度</translation>
    </message>
    <message>
      <source>plain enlarging</source>
      <translation>單純放大</translation>
    </message>
    <message>
      <source>t-SNE of {0} points would take very long.</source>
      <translation>對 {0} 個點做 t-SNE 會非常久。</translation>
    </message>
    <message>
      <source>the encoder wrote strips in an unknown way</source>
      <translation>編碼器以未知的方式寫入條帶</translation>
    </message>
    <message>
      <source>the encoder's file breaks off</source>
      <translation>編碼器的檔案中途斷掉</translation>
    </message>
    <message>
      <source>the file grew beyond what its kind of TIFF can address</source>
      <translation>檔案大小超出這種 TIFF 所能定址的範圍</translation>
    </message>
    <message>
      <source>the maker's own</source>
      <translation>製作者自有</translation>
    </message>
    <message>
      <source>the maker's own pictures</source>
      <translation>製作者自己的圖片</translation>
    </message>
    <message>
      <source>the model it started from</source>
      <translation>它的起始模型</translation>
    </message>
    <message>
      <source>the names of its parts are damaged</source>
      <translation>它各部分的名稱已損壞</translation>
    </message>
    <message>
      <source>the picture is closed</source>
      <translation>圖片已關閉</translation>
    </message>
    <message>
      <source>what it learned from</source>
      <translation>它學習用的圖片</translation>
    </message>
    <message>
      <source>{0} The run waits for room; its last checkpoint is whole.</source>
      <translation>{0}訓練正在等待空間；最後的檢查點完整無損。</translation>
    </message>
    <message>
      <source>{0} calls itself “{1}” on its card.</source>
      <translation>{0} 在模型卡上自稱「{1}」。</translation>
    </message>
    <message>
      <source>{0} cannot be deleted.</source>
      <translation>無法刪除 {0}。</translation>
    </message>
    <message>
      <source>{0} cannot be read as a picture.</source>
      <translation>{0} 無法當作圖片讀取。</translation>
    </message>
    <message>
      <source>{0} cannot be read.</source>
      <translation>無法讀取 {0}。</translation>
    </message>
    <message>
      <source>{0} cannot be read: {1}.</source>
      <translation>無法讀取 {0}：{1}。</translation>
    </message>
    <message>
      <source>{0} cannot be written.</source>
      <translation>無法寫入 {0}。</translation>
    </message>
    <message>
      <source>{0} cannot hold a model.</source>
      <translation>{0} 不能存放模型。</translation>
    </message>
    <message>
      <source>{0} cannot hold a report.</source>
      <translation>{0} 不能存放報告。</translation>
    </message>
    <message>
      <source>{0} cannot hold an ONNX model.</source>
      <translation>{0} 不能存放 ONNX 模型。</translation>
    </message>
    <message>
      <source>{0} cannot hold how the source's colours are to be shown; that is left out.</source>
      <translation>{0} 無法保存來源色彩的顯示方式；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's EXIF; it is left out.</source>
      <translation>{0} 無法保存來源的 EXIF；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's IPTC; it is left out.</source>
      <translation>{0} 無法保存來源的 IPTC；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's XMP; it is left out.</source>
      <translation>{0} 無法保存來源的 XMP；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's colour profile; it is left out.</source>
      <translation>{0} 無法保存來源的色彩描述檔；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's comment; it is left out.</source>
      <translation>{0} 無法保存來源的註解；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold the source's text; it is left out.</source>
      <translation>{0} 無法保存來源的文字；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold what the source's XMP has beyond 64 KB; that is left out.</source>
      <translation>{0} 無法保存來源的 XMP 超過 64 KB 的部分；已略去。</translation>
    </message>
    <message>
      <source>{0} cannot hold where on earth the source's pixels lie; that is left out.</source>
      <translation>{0} 無法保存來源像素的地理位置；該資訊已略去。</translation>
    </message>
    <message>
      <source>{0} carries no model card.</source>
      <translation>{0} 沒有模型卡。</translation>
    </message>
    <message>
      <source>{0} could not be written: {1}.</source>
      <translation>無法寫入 {0}：{1}。</translation>
    </message>
    <message>
      <source>{0} does not hold {1}.</source>
      <translation>{0} 不含 {1}。</translation>
    </message>
    <message>
      <source>{0} exists already.</source>
      <translation>{0} 已經存在。</translation>
    </message>
    <message>
      <source>{0} exists.</source>
      <translation>{0} 已經存在。</translation>
    </message>
    <message>
      <source>{0} files cannot be read.</source>
      <translation>有 {0} 個檔案無法讀取。</translation>
    </message>
    <message>
      <source>{0} files have no partner of their name.</source>
      <translation>{0} 個檔案沒有同名的另一半。</translation>
    </message>
    <message>
      <source>{0} has CIE Lab colours, which aestudio does not read.</source>
      <translation>{0} 使用 CIE Lab 色彩，aestudio 無法讀取。</translation>
    </message>
    <message>
      <source>{0} has {1} colours, which aestudio does not read.</source>
      <translation>{0} 使用 {1} 色彩，aestudio 無法讀取。</translation>
    </message>
    <message>
      <source>{0} holds far less than the design on its card.</source>
      <translation>{0} 的內容遠少於其模型卡上的設計。</translation>
    </message>
    <message>
      <source>{0} holds no directions, or is damaged.</source>
      <translation>{0} 不含方向，或已損壞。</translation>
    </message>
    <message>
      <source>{0} holds no latent vectors.</source>
      <translation>{0} 不含潛在向量。</translation>
    </message>
    <message>
      <source>{0} holds no transparency; the alpha plane is left out.</source>
      <translation>{0} 不支援透明；已略去透明度。</translation>
    </message>
    <message>
      <source>{0} holds pictures up to {1} pixels a side, and this one has {2} x {3}.</source>
      <translation>{0} 每邊最多 {1} 像素，而這張圖片為 {2} x {3}。</translation>
    </message>
    <message>
      <source>{0} is a folder, not a picture.</source>
      <translation>{0} 是資料夾，不是圖片。</translation>
    </message>
    <message>
      <source>{0} is a folder.</source>
      <translation>{0} 是資料夾。</translation>
    </message>
    <message>
      <source>{0} is a pickle or an archive, which could hold a program: it was not opened.</source>
      <translation>{0} 是 pickle 或壓縮檔，裡面可能藏有程式，因此沒有開啟。</translation>
    </message>
    <message>
      <source>{0} is a pipe or a device, not a file.</source>
      <translation>{0} 是管道或裝置，不是檔案。</translation>
    </message>
    <message>
      <source>{0} is compressed in a way that aestudio does not read.</source>
      <translation>{0} 的壓縮方式是 aestudio 無法讀取的。</translation>
    </message>
    <message>
      <source>{0} is damaged or incomplete: {1}.</source>
      <translation>{0} 已損壞或不完整：{1}。</translation>
    </message>
    <message>
      <source>{0} is damaged: its pixels are fewer than its header says.</source>
      <translation>{0} 已損壞：像素少於檔頭所述。</translation>
    </message>
    <message>
      <source>{0} is empty (zero bytes).</source>
      <translation>{0} 是空的（零位元組）。</translation>
    </message>
    <message>
      <source>{0} is for the task “{1}”, which this version does not know.</source>
      <translation>{0} 用於任務「{1}」，這個版本不認得。</translation>
    </message>
    <message>
      <source>{0} is in that folder already.</source>
      <translation>{0} 已經在該資料夾中。</translation>
    </message>
    <message>
      <source>{0} is incomplete: {1} of {2} rows arrived.</source>
      <translation>{0} 不完整：只收到 {1} / {2} 列。</translation>
    </message>
    <message>
      <source>{0} is neither NPZ nor CSV.</source>
      <translation>{0} 既不是 NPZ 也不是 CSV。</translation>
    </message>
    <message>
      <source>{0} is not a picture that aestudio knows.</source>
      <translation>{0} 不是 aestudio 認得的圖片。</translation>
    </message>
    <message>
      <source>{0} is not a weight file.</source>
      <translation>{0} 不是權重檔。</translation>
    </message>
    <message>
      <source>{0} is not {1} times as large as its input.</source>
      <translation>{0} 的大小不是其輸入的 {1} 倍。</translation>
    </message>
    <message>
      <source>{0} is the model itself.</source>
      <translation>{0} 就是這個模型本身。</translation>
    </message>
    <message>
      <source>{0} is too small to learn from.</source>
      <translation>{0} 太小，無法從中學習。</translation>
    </message>
    <message>
      <source>{0} may not be read.</source>
      <translation>沒有讀取 {0} 的權限。</translation>
    </message>
    <message>
      <source>{0} megapixels are few for this network.</source>
      <translation>對這個網路來說，{0} 百萬像素太少。</translation>
    </message>
    <message>
      <source>{0} needs more memory than there is to decode.</source>
      <translation>解碼 {0} 需要的記憶體超過現有的量。</translation>
    </message>
    <message>
      <source>{0} needs more memory than there is to open.</source>
      <translation>開啟 {0} 需要的記憶體超過現有的量。</translation>
    </message>
    <message>
      <source>{0} needs {1} GB of memory, and {2} GB are free.</source>
      <translation>{0} 需要 {1} GB 記憶體，目前只剩 {2} GB 可用。</translation>
    </message>
    <message>
      <source>{0} needs {1} GB of memory, more than the {2} GB that pictures may take.</source>
      <translation>{0} 需要 {1} GB 記憶體，超過圖片可用的 {2} GB。</translation>
    </message>
    <message>
      <source>{0} of {1} pictures are grey, the others are in colour.</source>
      <translation>{1} 張圖片中有 {0} 張是灰階，其他是彩色。</translation>
    </message>
    <message>
      <source>{0} of {1} pictures could not be saved.</source>
      <translation>{1} 張圖片中有 {0} 張無法儲存。</translation>
    </message>
    <message>
      <source>{0} of {1} pictures have 16 bits, the others 8.</source>
      <translation>{1} 張圖片中有 {0} 張是 16 位元，其他是 8 位元。</translation>
    </message>
    <message>
      <source>{0} pairs cannot be read.</source>
      <translation>{0} 組配對無法讀取。</translation>
    </message>
    <message>
      <source>{0} pictures are blurred.</source>
      <translation>有 {0} 張圖片模糊。</translation>
    </message>
    <message>
      <source>{0} pictures are nearly the same as others.</source>
      <translation>有 {0} 張圖片與其他圖片幾乎相同。</translation>
    </message>
    <message>
      <source>{0} pictures are noisy.</source>
      <translation>有 {0} 張圖片有雜訊。</translation>
    </message>
    <message>
      <source>{0} pictures are shifted against their inputs.</source>
      <translation>{0} 張圖片與其輸入之間有位移。</translation>
    </message>
    <message>
      <source>{0} pictures are strongly compressed.</source>
      <translation>有 {0} 張圖片壓縮過度。</translation>
    </message>
    <message>
      <source>{0} pictures are too few for this map.</source>
      <translation>{0} 張圖片不足以繪製這種地圖。</translation>
    </message>
    <message>
      <source>{0} pictures are too small to learn from.</source>
      <translation>有 {0} 張圖片太小，無法用來學習。</translation>
    </message>
    <message>
      <source>{0} pictures cannot be drawn at once.</source>
      <translation>無法一次產生 {0} 張圖片。</translation>
    </message>
    <message>
      <source>{0} pictures have sizes that do not fit those of their inputs.</source>
      <translation>{0} 張圖片的大小與其輸入不相符。</translation>
    </message>
    <message>
      <source>{0} pictures show something else than their inputs.</source>
      <translation>有 {0} 張圖片的內容與其輸入不同。</translation>
    </message>
    <message>
      <source>{0} pictures to learn from are nearly the same as some to judge by.</source>
      <translation>有 {0} 張學習用的圖片與評分用的圖片幾乎相同。</translation>
    </message>
    <message>
      <source>{0} processor, {1} thread{2}</source>
      <translation>{0} 處理器，{1} 個執行緒</translation>
    </message>
    <message>
      <source>{0} says it is {1} x {2} = {3}, above the limit of {4}.</source>
      <translation>{0} 聲稱為 {1} x {2} = {3}，超過上限 {4}。</translation>
    </message>
    <message>
      <source>{0} was made by a newer version of aestudio.</source>
      <translation>{0} 是由較新版本的 aestudio 建立的。</translation>
    </message>
    <message>
      <source>{0} was not saved: what reached the disk cannot be read back.</source>
      <translation>{0} 沒有儲存：寫入磁碟的內容無法讀回。</translation>
    </message>
    <message>
      <source>{0} was not saved: what reached the disk differs from what was written.</source>
      <translation>{0} 沒有儲存：寫入磁碟的內容與原本不同。</translation>
    </message>
    <message>
      <source>{n} pictures that it never saw</source>
      <translation>{n} 張它從未見過的圖片</translation>
    </message>
    <message>
      <source>{n} steps</source>
      <translation>{n} 步</translation>
    </message>
    <message>
      <source>×4 enlargement of photos that were blurred, noisy or compressed before they got small: it cleans while it enlarges, and makes up fine texture where none is left.</source>
      <translation>將縮小前已模糊、有雜訊或經過壓縮的照片放大 ×4：邊放大邊清理，並在細節已失的地方補上想像的細紋理。</translation>
    </message>
    <message>
      <source>“{0}” cannot be a model's name.</source>
      <translation>「{0}」不能作為模型名稱。</translation>
    </message>
    <message>
      <source>“{0}” does not fit {1}.</source>
      <translation>「{0}」不適合 {1}。</translation>
    </message>
    <message>
      <source>“{0}” is not a format that can be written.</source>
      <translation>「{0}」不是可以寫入的格式。</translation>
    </message>
    <message>
      <source>“{0}” sets nothing.</source>
      <translation>「{0}」沒有設定任何東西。</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>Everywhere</source>
      <translation>各處</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>鍵盤快速鍵</translation>
    </message>
  </context>
  <context>
    <name>State</name>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失敗</translation>
    </message>
    <message>
      <source>Opening</source>
      <translation>開啟中</translation>
    </message>
    <message>
      <source>Queued</source>
      <translation>已排入</translation>
    </message>
    <message>
      <source>Restoring</source>
      <translation>修復中</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>已儲存</translation>
    </message>
    <message>
      <source>Saving</source>
      <translation>正在儲存</translation>
    </message>
    <message>
      <source>Skipped</source>
      <translation>已略過</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>StatusRow</name>
    <message>
      <source>Begin no further file until you go on.</source>
      <translation>在您繼續之前，不再開始下一個檔案。</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>繼續</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暫停</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>進度</translation>
    </message>
    <message>
      <source>Saved pictures</source>
      <translation>已儲存的圖片</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>狀態</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop what is going on; finished files stay.</source>
      <translation>停止進行中的工作；已完成的檔案會保留。</translation>
    </message>
  </context>
  <context>
    <name>SuperResolutionTab</name>
    <message>
      <source>Super-resolution</source>
      <translation>超解析</translation>
    </message>
  </context>
  <context>
    <name>Teacher</name>
    <message>
      <source>At least one picture on each side; ten or more make it surer. Delete empties a well.</source>
      <translation>每邊至少一張圖片；十張以上更可靠。Delete 鍵可清空格子。</translation>
    </message>
    <message>
      <source>Examples with it</source>
      <translation>具有此特徵的範例</translation>
    </message>
    <message>
      <source>Examples without it</source>
      <translation>不具此特徵的範例</translation>
    </message>
    <message>
      <source>How well it was learned</source>
      <translation>學得如何</translation>
    </message>
    <message>
      <source>Learn the direction from one group to the other.</source>
      <translation>學習由一組通往另一組的方向。</translation>
    </message>
    <message>
      <source>Make the slider</source>
      <translation>建立滑桿</translation>
    </message>
    <message>
      <source>Name it: smiling, say</source>
      <translation>命名，例如：微笑</translation>
    </message>
    <message>
      <source>Name of the new direction</source>
      <translation>新方向的名稱</translation>
    </message>
    <message>
      <source>Pictures with it: drop them, or select samples and click here</source>
      <translation>具有此特徵的圖片：拖放到此，或選取樣本後點按這裡</translation>
    </message>
    <message>
      <source>Pictures without it</source>
      <translation>不具此特徵的圖片</translation>
    </message>
    <message>
      <source>Show the model pictures with and without something, and get a slider for it.</source>
      <translation>讓模型看具有和不具有某特徵的圖片，即可得到一個滑桿。</translation>
    </message>
    <message>
      <source>Teach a direction</source>
      <translation>教導方向</translation>
    </message>
    <message>
      <source>What the slider is called.</source>
      <translation>滑桿的名稱。</translation>
    </message>
  </context>
  <context>
    <name>Tools</name>
    <message>
      <source>Edit</source>
      <translation>編輯</translation>
    </message>
    <message>
      <source>Mix</source>
      <translation>混合</translation>
    </message>
    <message>
      <source>Path</source>
      <translation>路徑</translation>
    </message>
  </context>
  <context>
    <name>TrainDialog</name>
    <message>
      <source>Train a model</source>
      <translation>訓練模型</translation>
    </message>
  </context>
  <context>
    <name>Trainer</name>
    <message>
      <source>Go on from its last checkpoint; {file} says more.</source>
      <translation>請從最後的檢查點繼續；{file} 有更多資訊。</translation>
    </message>
    <message>
      <source>Install aestudio again.</source>
      <translation>請重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>Start it again; {file} says more.</source>
      <translation>請重新開始；{file} 有更多資訊。</translation>
    </message>
    <message>
      <source>Training could not be started.</source>
      <translation>無法開始訓練。</translation>
    </message>
    <message>
      <source>Training ended unexpectedly.</source>
      <translation>訓練意外結束。</translation>
    </message>
  </context>
  <context>
    <name>TrainingDesk</name>
    <message>
      <source>A model is being trained.</source>
      <translation>正在訓練模型。</translation>
    </message>
    <message>
      <source>Go on training</source>
      <translation>繼續訓練</translation>
    </message>
    <message>
      <source>Pause and close</source>
      <translation>暫停並關閉</translation>
    </message>
    <message>
      <source>Show the training that is under way.</source>
      <translation>顯示進行中的訓練。</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>訓練</translation>
    </message>
    <message>
      <source>Training {share:.0%}</source>
      <translation>訓練 {share:.0%}</translation>
    </message>
    <message>
      <source>What it has learned is kept: “Train a model” goes on where it stopped.</source>
      <translation>已學到的會保留：「訓練模型」會從停止的地方繼續。</translation>
    </message>
  </context>
  <context>
    <name>TrainingForm</name>
    <message>
      <source>A model of that name exists already; choose another one.</source>
      <translation>已有同名的模型；請選擇其他名稱。</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>進階</translation>
    </message>
    <message>
      <source>Choose a folder of pictures first.</source>
      <translation>請先選擇圖片資料夾。</translation>
    </message>
    <message>
      <source>Choose the folder with the other half of the pairs.</source>
      <translation>請選擇放有另一半配對的資料夾。</translation>
    </message>
    <message>
      <source>Each picture under the name that it has in the first folder.</source>
      <translation>每張圖片的檔名與第一個資料夾中的相同。</translation>
    </message>
    <message>
      <source>Effort</source>
      <translation>投入程度</translation>
    </message>
    <message>
      <source>Enlarge</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Folder of pictures</source>
      <translation>圖片資料夾</translation>
    </message>
    <message>
      <source>Folder with the other half of the pairs</source>
      <translation>另一半配對的資料夾</translation>
    </message>
    <message>
      <source>For pictures that were taken one after the other, a few pixels apart.</source>
      <translation>適用於先後拍攝、相差幾個像素的圖片。</translation>
    </message>
    <message>
      <source>Give the model a name.</source>
      <translation>請為模型取個名稱。</translation>
    </message>
    <message>
      <source>Learn from</source>
      <translation>學習來源</translation>
    </message>
    <message>
      <source>Learned from {name}</source>
      <translation>從 {name} 學到的</translation>
    </message>
    <message>
      <source>Make new pictures</source>
      <translation>產生新圖片</translation>
    </message>
    <message>
      <source>More than {n} pictures</source>
      <translation>超過 {n} 張圖片</translation>
    </message>
    <message>
      <source>Move pairs into place where they are shifted</source>
      <translation>配對有位移時加以對齊</translation>
    </message>
    <message>
      <source>My model: {task}</source>
      <translation>我的模型：{task}</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名稱</translation>
    </message>
    <message>
      <source>No pictures in there.</source>
      <translation>裡面沒有圖片。</translation>
    </message>
    <message>
      <source>Part that is shown while it learns</source>
      <translation>學習時顯示的部分</translation>
    </message>
    <message>
      <source>Pictures of your kind; a few of them are held out to judge the model by.</source>
      <translation>與您的圖片同類；其中幾張會留下來評判模型。</translation>
    </message>
    <message>
      <source>Remove noise</source>
      <translation>去除雜訊</translation>
    </message>
    <message>
      <source>Show what can be left as it is.</source>
      <translation>顯示可以維持原樣的項目。</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>開始</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>任務</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist. Choose another one.</source>
      <translation>資料夾 {folder} 不存在。請選擇另一個。</translation>
    </message>
    <message>
      <source>The two halves of the pairs must lie in different folders. Choose another one.</source>
      <translation>配對的兩半必須放在不同的資料夾。請選擇另一個。</translation>
    </message>
    <message>
      <source>There are no pictures in {folder}. Choose another one.</source>
      <translation>{folder} 裡沒有圖片。請選擇另一個。</translation>
    </message>
    <message>
      <source>There is no folder of that name.</source>
      <translation>沒有這個名稱的資料夾。</translation>
    </message>
    <message>
      <source>Train a model on your pictures</source>
      <translation>用您的圖片訓練模型</translation>
    </message>
    <message>
      <source>Train the model; restoring pictures goes on meanwhile.</source>
      <translation>訓練模型；同時仍可繼續修復圖片。</translation>
    </message>
    <message>
      <source>What is asked before training</source>
      <translation>訓練前要回答的事</translation>
    </message>
    <message>
      <source>What is missing</source>
      <translation>還缺什麼</translation>
    </message>
    <message>
      <source>What the model is called in the lists of models.</source>
      <translation>模型在清單中的名稱。</translation>
    </message>
    <message>
      <source>What the model shall do.</source>
      <translation>模型要做什麼。</translation>
    </message>
    <message>
      <source>What there is to learn from</source>
      <translation>可供學習的內容</translation>
    </message>
    <message>
      <source>What to learn from</source>
      <translation>學習來源</translation>
    </message>
    <message>
      <source>What you have for the model to learn from.</source>
      <translation>您有什麼可以讓模型學習。</translation>
    </message>
    <message>
      <source>{file} is a file. Choose the folder that it is in.</source>
      <translation>{file} 是檔案。請選擇它所在的資料夾。</translation>
    </message>
  </context>
  <context>
    <name>TrainingWatch</name>
    <message>
      <source>A part of the photo; there is no clean one to compare with, so trust your eyes</source>
      <translation>照片的一部分；沒有乾淨的版本可比較，請相信您的眼睛</translation>
    </message>
    <message>
      <source>As it has learned so far</source>
      <translation>目前學到的結果</translation>
    </message>
    <message>
      <source>Begin this run anew, with all as it was.</source>
      <translation>照原來的設定，重新開始這次訓練。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Curves of the loss and of the score</source>
      <translation>損失與分數的曲線</translation>
    </message>
    <message>
      <source>Doing nothing scores {score:.2f}.</source>
      <translation>什麼都不做的分數為 {score:.2f}。</translation>
    </message>
    <message>
      <source>End training now; what was learned is kept.</source>
      <translation>現在結束訓練；學到的會保留。</translation>
    </message>
    <message>
      <source>Export the report</source>
      <translation>匯出報告</translation>
    </message>
    <message>
      <source>Export the report…</source>
      <translation>匯出報告…</translation>
    </message>
    <message>
      <source>Figures of training</source>
      <translation>訓練的數字</translation>
    </message>
    <message>
      <source>Go back to the choice of folder and task.</source>
      <translation>回到選擇資料夾與任務。</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>繼續</translation>
    </message>
    <message>
      <source>Go on from the last checkpoint.</source>
      <translation>從最後的檢查點繼續。</translation>
    </message>
    <message>
      <source>Held-out pictures before, now and as they are</source>
      <translation>保留的圖片：訓練前、現在與真實樣貌</translation>
    </message>
    <message>
      <source>Held-out pictures under simulated noise: PSNR, dB (higher is better)</source>
      <translation>保留圖片加上模擬雜訊：PSNR，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures, each before and now; what they really look like is not known</source>
      <translation>留下的圖片，各為原狀與現在；真實的樣子無從得知</translation>
    </message>
    <message>
      <source>Held-out pictures, each before, now and as it really is</source>
      <translation>保留的圖片，各顯示訓練前、現在與真實樣貌</translation>
    </message>
    <message>
      <source>Held-out pictures: PSNR, dB (higher is better)</source>
      <translation>保留的圖片：PSNR，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: agreement of neighbours, dB (higher is better)</source>
      <translation>保留的圖片：鄰近像素的一致程度，dB（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: bound, nats (higher is better)</source>
      <translation>保留的圖片：界限，nat（越高越好）</translation>
    </message>
    <message>
      <source>Held-out pictures: likelihood of what their codes become, nats (higher is better)</source>
      <translation>保留的圖片：由編碼還原出的似然，nats（越高越好）</translation>
    </message>
    <message>
      <source>How much of the past is in the curves: what was measured is drawn faintly behind.</source>
      <translation>曲線中包含多少過去的值：實際量到的以淡色畫在後面。</translation>
    </message>
    <message>
      <source>How training goes</source>
      <translation>訓練的進展</translation>
    </message>
    <message>
      <source>Logarithmic loss</source>
      <translation>對數損失</translation>
    </message>
    <message>
      <source>Loss (lower is better)</source>
      <translation>損失（越低越好）</translation>
    </message>
    <message>
      <source>Loss {loss:.3g}.</source>
      <translation>損失 {loss:.3g}。</translation>
    </message>
    <message>
      <source>Make no model.</source>
      <translation>不產生模型。</translation>
    </message>
    <message>
      <source>Pages (*.html)</source>
      <translation>網頁 (*.html)</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暫停</translation>
    </message>
    <message>
      <source>Pictures that the model is judged by: as it is given them, what it makes of them, the truth if known.</source>
      <translation>評分用的圖片：交給它的樣子、它處理的結果，以及已知時的真實樣子。</translation>
    </message>
    <message>
      <source>Progress of training</source>
      <translation>訓練的進度</translation>
    </message>
    <message>
      <source>Remarks</source>
      <translation>備註</translation>
    </message>
    <message>
      <source>SSIM {now:.3f}</source>
      <translation>SSIM {now:.3f}</translation>
    </message>
    <message>
      <source>Score of held-out pictures {score:.2f}.</source>
      <translation>保留圖片的分數 {score:.2f}。</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>顯示全部</translation>
    </message>
    <message>
      <source>Show small losses as large as great ones; a steady fall is a straight line.</source>
      <translation>讓小的損失和大的一樣看得清楚；穩定下降會是一條直線。</translation>
    </message>
    <message>
      <source>Show the curves over the whole time again.</source>
      <translation>再次顯示全程的曲線。</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>重新開始</translation>
    </message>
    <message>
      <source>State of training</source>
      <translation>訓練的狀態</translation>
    </message>
    <message>
      <source>Stop and keep the model</source>
      <translation>停止並保留模型</translation>
    </message>
    <message>
      <source>Stop for now; go on later where it was.</source>
      <translation>暫時停止；之後從這裡繼續。</translation>
    </message>
    <message>
      <source>The photo as it is</source>
      <translation>照片原狀</translation>
    </message>
    <message>
      <source>The report is in {path}.</source>
      <translation>報告在 {path}。</translation>
    </message>
    <message>
      <source>The wheel or + and − look closer, dragging or the arrow keys move, Home shows all of it.</source>
      <translation>滾輪或 + 和 − 放大縮小，拖曳或方向鍵移動，Home 顯示全部。</translation>
    </message>
    <message>
      <source>Train another</source>
      <translation>再訓練一個</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>成果</translation>
    </message>
    <message>
      <source>What it has learned is kept; it goes on where it stopped.</source>
      <translation>已學到的會保留；會從停止的地方繼續。</translation>
    </message>
    <message>
      <source>Write what came of it as a page that opens in any browser, with curves and pictures.</source>
      <translation>把結果寫成任何瀏覽器都能開啟的網頁，附曲線與圖片。</translation>
    </message>
    <message>
      <source>at the start {score:.3f}</source>
      <translation>開始時 {score:.3f}</translation>
    </message>
    <message>
      <source>doing nothing</source>
      <translation>什麼都不做</translation>
    </message>
    <message>
      <source>doing nothing {score:.3f}</source>
      <translation>不處理 {score:.3f}</translation>
    </message>
    <message>
      <source>gradient norm {norm:.3g}</source>
      <translation>梯度範數 {norm:.3g}</translation>
    </message>
    <message>
      <source>learning rate {share:.0%} of the recipe's</source>
      <translation>學習率為配方的 {share:.0%}</translation>
    </message>
    <message>
      <source>plain enlarging</source>
      <translation>一般放大</translation>
    </message>
    <message>
      <source>step {step}</source>
      <translation>第 {step} 步</translation>
    </message>
    <message>
      <source>the model it started from</source>
      <translation>作為起點的模型</translation>
    </message>
    <message>
      <source>{n:.1f} crops a second</source>
      <translation>每秒 {n:.1f} 個裁切</translation>
    </message>
    <message>
      <source>{pictures} to learn from, none held out, on {device}</source>
      <translation>{pictures} 用來學習，沒有保留，使用 {device}</translation>
    </message>
    <message>
      <source>{pictures} to learn from, {held_out} held out, on {device}</source>
      <translation>{pictures} 用來學習，保留 {held_out} 張，使用 {device}</translation>
    </message>
    <message>
      <source>{size:.1f} GB of memory</source>
      <translation>{size:.1f} GB 記憶體</translation>
    </message>
    <message>
      <source>{size:.1f} GB of the GPU's memory</source>
      <translation>{size:.1f} GB GPU 記憶體</translation>
    </message>
    <message>
      <source>{speed:.2f} MP/s</source>
      <translation>{speed:.2f} MP/秒</translation>
    </message>
  </context>
  <context>
    <name>TrustPanel</name>
    <message>
      <source>Autocorrelation of what was removed</source>
      <translation>去除部分的自相關</translation>
    </message>
    <message>
      <source>Clean first</source>
      <translation>先清理</translation>
    </message>
    <message>
      <source>How alike what was removed is between a pixel and those around it: white noise shows a single bright square in the middle, camera noise a blot, removed detail a pattern.</source>
      <translation>去除的部分中，一個像素與周圍像素的相似程度：白雜訊只在中央有一個亮方塊，相機雜訊是一個斑點，被去除的細節則呈現圖樣。</translation>
    </message>
    <message>
      <source>How far each part of the result is likely to be off, of 255: the more amber, the more so.</source>
      <translation>結果的每個部分可能偏差多少（最大 255）：琥珀色越濃，偏差越大。</translation>
    </message>
    <message>
      <source>How it looks</source>
      <translation>外觀</translation>
    </message>
    <message>
      <source>Invented detail</source>
      <translation>無中生有的細節</translation>
    </message>
    <message>
      <source>Kind of picture</source>
      <translation>圖片類型</translation>
    </message>
    <message>
      <source>Likely error, from none to {n} of 255 and more</source>
      <translation>可能的偏差，從無到 {n} 以上（最大 255）</translation>
    </message>
    <message>
      <source>Measuring where the result is likely to be wrong…</source>
      <translation>正在測量結果可能出錯的地方…</translation>
    </message>
    <message>
      <source>Restore with a model that was trained on pictures like this one.</source>
      <translation>以學習過這類圖片的模型修復。</translation>
    </message>
    <message>
      <source>Take the noise away before the picture is enlarged, or its grain grows with it.</source>
      <translation>放大前先去除雜訊，否則顆粒會一起放大。</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>可信度</translation>
    </message>
    <message>
      <source>Use the other model</source>
      <translation>使用另一個模型</translation>
    </message>
    <message>
      <source>Use “{model}”</source>
      <translation>使用「{model}」</translation>
    </message>
    <message>
      <source>What was removed</source>
      <translation>去除的部分</translation>
    </message>
    <message>
      <source>off by {n}</source>
      <translation>差 {n}</translation>
    </message>
    <message>
      <source>right</source>
      <translation>相符</translation>
    </message>
  </context>
  <context>
    <name>UnfinishedQuestion</name>
    <message>
      <source>Another one takes its place. What it has learned so far can become a model now; thrown away, it cannot go on any more.</source>
      <translation>另一個會取代它。它目前學到的現在可以做成模型；捨棄後就無法再繼續。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Keep it as a model</source>
      <translation>保留成模型</translation>
    </message>
    <message>
      <source>Throw it away</source>
      <translation>捨棄</translation>
    </message>
    <message>
      <source>“{name}” is not trained to its end.</source>
      <translation>「{name}」還沒有訓練完。</translation>
    </message>
  </context>
  <context>
    <name>WalkSaver</name>
    <message>
      <source>About {size}.</source>
      <translation>約 {size}。</translation>
    </message>
    <message>
      <source>Save the path</source>
      <translation>儲存路徑</translation>
    </message>
    <message>
      <source>Saved {path}.</source>
      <translation>已儲存 {path}。</translation>
    </message>
  </context>
  <context>
    <name>Walking</name>
    <message>
      <source>Add two samples or more, and walk from one to the next.</source>
      <translation>加入兩個以上的樣本，由一個走到下一個。</translation>
    </message>
    <message>
      <source>Click on the map to set pins (or press P there), or add samples.</source>
      <translation>點按地圖設定圖釘（或在該處按 P），或加入樣本。</translation>
    </message>
    <message>
      <source>Frame {number} of {count}</source>
      <translation>第 {number} 影格，共 {count}</translation>
    </message>
    <message>
      <source>Place on the map</source>
      <translation>地圖上的位置</translation>
    </message>
    <message>
      <source>Remove the chosen pin</source>
      <translation>移除選取的圖釘</translation>
    </message>
    <message>
      <source>Set a pin of a path</source>
      <translation>設定路徑的圖釘</translation>
    </message>
  </context>
  <context>
    <name>WindowCorner</name>
    <message>
      <source>Device</source>
      <translation>運算裝置</translation>
    </message>
    <message>
      <source>Fill the screen, or stop that (F, Esc).</source>
      <translation>填滿螢幕，或結束全螢幕（F、Esc）。</translation>
    </message>
    <message>
      <source>Fold panels</source>
      <translation>收起面板</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全螢幕</translation>
    </message>
    <message>
      <source>Hide the panels, or show them again (F9).</source>
      <translation>隱藏面板，或再次顯示(F9)。</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>選單</translation>
    </message>
    <message>
      <source>Models, training, preferences.</source>
      <translation>模型、訓練、偏好設定。</translation>
    </message>
  </context>
  <context>
    <name>Words</name>
    <message>
      <source>, </source>
      <translation>，</translation>
    </message>
    <message>
      <source>, {mega:.3g} MP</source>
      <translation>，{mega:.3g} MP</translation>
    </message>
    <message>
      <source>1 picture</source>
      <translation>1 張圖片</translation>
    </message>
    <message>
      <source>4K screen</source>
      <translation>4K 螢幕</translation>
    </message>
    <message>
      <source>A folder of clean, sharp pictures</source>
      <translation>乾淨清晰圖片的資料夾</translation>
    </message>
    <message>
      <source>A folder of noisy pictures</source>
      <translation>有雜訊圖片的資料夾</translation>
    </message>
    <message>
      <source>A folder of pictures</source>
      <translation>圖片資料夾</translation>
    </message>
    <message>
      <source>A4 print</source>
      <translation>A4 列印</translation>
    </message>
    <message>
      <source>At full strength more than noise is removed; {share:.0%} of it is taken.</source>
      <translation>全強度會去除雜訊以外的東西；目前只取其中的 {share:.0%}。</translation>
    </message>
    <message>
      <source>At this strength nothing is removed.</source>
      <translation>在此強度下不會去除任何東西。</translation>
    </message>
    <message>
      <source>Blotches of colour only</source>
      <translation>只去除色斑</translation>
    </message>
    <message>
      <source>Clean pictures</source>
      <translation>乾淨的圖片</translation>
    </message>
    <message>
      <source>Denoise</source>
      <translation>降噪</translation>
    </message>
    <message>
      <source>Done.</source>
      <translation>完成。</translation>
    </message>
    <message>
      <source>Done. Noise measured at {noise:.1f} of 255.</source>
      <translation>完成。測得雜訊 {noise:.1f}（最大 255）。</translation>
    </message>
    <message>
      <source>Done. Noise set to {noise:.1f} of 255.</source>
      <translation>完成。雜訊設為 {noise:.1f}（最大 255）。</translation>
    </message>
    <message>
      <source>Done. {size}.</source>
      <translation>完成。{size}。</translation>
    </message>
    <message>
      <source>Fine texture</source>
      <translation>細緻紋理</translation>
    </message>
    <message>
      <source>Four times as large</source>
      <translation>四倍大</translation>
    </message>
    <message>
      <source>From nothing this network needs about {time} on this device; starting from the model that comes with aestudio is the better choice.</source>
      <translation>從零開始，這個網路在這部裝置上約需 {time}；從 aestudio 隨附的模型開始是更好的選擇。</translation>
    </message>
    <message>
      <source>Gaussian noise of {low:g} to {high:g} (of 255)</source>
      <translation>{low:g} 到 {high:g}（共 255）的高斯雜訊</translation>
    </message>
    <message>
      <source>Generate</source>
      <translation>生成</translation>
    </message>
    <message>
      <source>Gentle</source>
      <translation>溫和</translation>
    </message>
    <message>
      <source>In sight, the result is likely off by {error:.1f} of 255, and nowhere by much.</source>
      <translation>在可見範圍內，結果可能偏差 {error:.1f}（最大 255），沒有一處偏差很大。</translation>
    </message>
    <message>
      <source>In sight, the result is likely off by {error:.1f} of 255; {share:.0%} of it by more than {much:.0f}.</source>
      <translation>在可見範圍內，結果可能偏差 {error:.1f}（最大 255）；其中 {share:.0%} 的偏差超過 {much:.0f}。</translation>
    </message>
    <message>
      <source>It goes on from a model that has seen {known:,} megapixels of others' pictures.</source>
      <translation>它從一個已看過 {known:,} 百萬像素他人圖片的模型接著學習。</translation>
    </message>
    <message>
      <source>It goes on from a model that has seen {known:,} megapixels; so little time on this device will hardly change it.</source>
      <translation>它從一個已看過 {known:,} 百萬像素的模型接著學習；在這部裝置上這麼短的時間幾乎改變不了它。</translation>
    </message>
    <message>
      <source>It is in the list of models now.</source>
      <translation>它已在模型清單中。</translation>
    </message>
    <message>
      <source>It learns this photo's own noise from the photo itself, starting from the model for photos.</source>
      <translation>從照片模型出發，直接從這張照片學習它自己的雜訊。</translation>
    </message>
    <message>
      <source>It takes {time} on this device.</source>
      <translation>在這個裝置上需要 {time}。</translation>
    </message>
    <message>
      <source>JPEG of quality {low:g} to {high:g}</source>
      <translation>品質 {low:g} 到 {high:g} 的 JPEG</translation>
    </message>
    <message>
      <source>Knows noise from {low:g} to {high:g} (of 255).</source>
      <translation>認得 {low:g} 到 {high:g} 的雜訊（最大 255）。</translation>
    </message>
    <message>
      <source>Learned to undo: {damage}.</source>
      <translation>學會還原：{damage}。</translation>
    </message>
    <message>
      <source>Licence: {licence}.</source>
      <translation>授權：{licence}。</translation>
    </message>
    <message>
      <source>Made {date}.</source>
      <translation>製作日期 {date}。</translation>
    </message>
    <message>
      <source>Makes pictures {scale} times larger.</source>
      <translation>將圖片放大 {scale} 倍。</translation>
    </message>
    <message>
      <source>Measured on {protocol}: {score:g}.</source>
      <translation>以 {protocol} 測得：{score:g}。</translation>
    </message>
    <message>
      <source>Next to nothing was removed.</source>
      <translation>幾乎沒有去除任何東西。</translation>
    </message>
    <message>
      <source>No clean pictures are needed: it learns which part of a picture cannot be foretold from the rest.</source>
      <translation>不需要乾淨的圖片：它學習圖片中哪些部分無法從其餘部分推知。</translation>
    </message>
    <message>
      <source>Noisy pictures alone</source>
      <translation>只有雜訊圖片</translation>
    </message>
    <message>
      <source>Pairs: each picture twice</source>
      <translation>配對：每張圖片各有兩份</translation>
    </message>
    <message>
      <source>Pausing…</source>
      <translation>正在暫停…</translation>
    </message>
    <message>
      <source>Pictures of one kind</source>
      <translation>同一類的圖片</translation>
    </message>
    <message>
      <source>Reading your pictures…</source>
      <translation>正在讀取您的圖片…</translation>
    </message>
    <message>
      <source>Some noise is left: {share:.0%} of what could be is removed.</source>
      <translation>還留有一些雜訊：可去除的部分只去除了 {share:.0%}。</translation>
    </message>
    <message>
      <source>Stopping, the model is kept…</source>
      <translation>正在停止，模型會保留…</translation>
    </message>
    <message>
      <source>Strong</source>
      <translation>強烈</translation>
    </message>
    <message>
      <source>Super-resolution</source>
      <translation>超解析</translation>
    </message>
    <message>
      <source>That is enough to learn from nothing: the model that comes with aestudio saw {known:,} megapixels.</source>
      <translation>這足以從零開始學習：aestudio 隨附的模型看過 {known:,} 百萬像素。</translation>
    </message>
    <message>
      <source>The clean pictures</source>
      <translation>乾淨的圖片</translation>
    </message>
    <message>
      <source>The folder “{name}” cannot be read.</source>
      <translation>無法讀取資料夾「{name}」。</translation>
    </message>
    <message>
      <source>The folder “{name}” has no pictures in it or its subfolders.</source>
      <translation>資料夾「{name}」及其子資料夾中沒有圖片。</translation>
    </message>
    <message>
      <source>The folder “{name}” has no pictures in it.</source>
      <translation>資料夾「{name}」中沒有圖片。</translation>
    </message>
    <message>
      <source>The large pictures</source>
      <translation>大的圖片</translation>
    </message>
    <message>
      <source>The model learns what your pictures have in common, and makes new ones like them.</source>
      <translation>模型學習您的圖片有何共同之處，並做出類似的新圖片。</translation>
    </message>
    <message>
      <source>The noisy pictures</source>
      <translation>有雜訊的圖片</translation>
    </message>
    <message>
      <source>The photo that is open: {name}</source>
      <translation>開啟中的照片：{name}</translation>
    </message>
    <message>
      <source>The rest is filled in while nothing else is to be done: {share}%.</source>
      <translation>其餘部分會在閒置時補上：{share}%。</translation>
    </message>
    <message>
      <source>The small pictures</source>
      <translation>小的圖片</translation>
    </message>
    <message>
      <source>Trained on {data}.</source>
      <translation>以 {data} 訓練。</translation>
    </message>
    <message>
      <source>Training “{name}”</source>
      <translation>正在訓練「{name}」</translation>
    </message>
    <message>
      <source>Twice as large</source>
      <translation>兩倍大</translation>
    </message>
    <message>
      <source>Two folders, matched by file name: clean pictures, and the same ones noisy.</source>
      <translation>兩個資料夾，以檔名配對：乾淨的圖片，以及同樣但有雜訊的圖片。</translation>
    </message>
    <message>
      <source>Two folders, matched by file name: large pictures, and the same ones small.</source>
      <translation>兩個資料夾，以檔名配對：大的圖片，以及同樣但縮小的圖片。</translation>
    </message>
    <message>
      <source>What was removed looks like noise.</source>
      <translation>去除的部分看起來是雜訊。</translation>
    </message>
    <message>
      <source>Your clean, sharp pictures are made noisy here, and the model learns to undo that.</source>
      <translation>您乾淨清晰的圖片會在這裡加上雜訊，模型學習把它去除。</translation>
    </message>
    <message>
      <source>Your clean, sharp pictures are made small here, and the model learns to undo that.</source>
      <translation>您乾淨清晰的圖片會在這裡縮小，模型學習把它還原。</translation>
    </message>
    <message>
      <source>about {hours:.1f} h left</source>
      <translation>大約還需 {hours:.1f} 小時</translation>
    </message>
    <message>
      <source>about {minutes} min left</source>
      <translation>大約還需 {minutes} 分鐘</translation>
    </message>
    <message>
      <source>about {n} h</source>
      <translation>約 {n} 小時</translation>
    </message>
    <message>
      <source>about {n} min</source>
      <translation>約 {n} 分鐘</translation>
    </message>
    <message>
      <source>about {n} s</source>
      <translation>約 {n} 秒</translation>
    </message>
    <message>
      <source>about {seconds} s left</source>
      <translation>大約還需 {seconds} 秒</translation>
    </message>
    <message>
      <source>about {steps:,} steps, {seen:,} megapixels seen</source>
      <translation>約 {steps:,} 步，看過 {seen:,} 百萬像素</translation>
    </message>
    <message>
      <source>blur of {low:g} to {high:g} pixels</source>
      <translation>{low:g} 到 {high:g} 像素的模糊</translation>
    </message>
    <message>
      <source>camera noise of ISO {low:g} to {high:g}</source>
      <translation>ISO {low:g} 到 {high:g} 的相機雜訊</translation>
    </message>
    <message>
      <source>downscaling by {low:g} to {high:g}</source>
      <translation>{low:g} 到 {high:g} 倍的縮小</translation>
    </message>
    <message>
      <source>less than 1 s left</source>
      <translation>不到 1 秒</translation>
    </message>
    <message>
      <source>less than a second</source>
      <translation>不到一秒</translation>
    </message>
    <message>
      <source>{days} days</source>
      <translation>{days} 天</translation>
    </message>
    <message>
      <source>{hours} hours</source>
      <translation>{hours} 小時</translation>
    </message>
    <message>
      <source>{minutes} minutes</source>
      <translation>{minutes} 分鐘</translation>
    </message>
    <message>
      <source>{n} of the files are no pictures and were left out.</source>
      <translation>其中 {n} 不是圖片，已略去。</translation>
    </message>
    <message>
      <source>{n} pictures</source>
      <translation>{n} 張圖片</translation>
    </message>
    <message>
      <source>{removed:.1f} of 255 was removed; its neighbouring pixels are {alike}% alike (white noise: 0%).</source>
      <translation>去除了 {removed:.1f}（最大 255）；相鄰像素的相似度為 {alike}%（白雜訊為 0%）。</translation>
    </message>
    <message>
      <source>{size} are free on that disk.</source>
      <translation>該磁碟尚有 {size} 可用。</translation>
    </message>
    <message>
      <source>{verb} {done} of 1 tile</source>
      <translation>{verb} {done} / 1 個圖塊</translation>
    </message>
    <message>
      <source>{verb} {done} of {total} tiles</source>
      <translation>{verb} {done} / {total} 個圖塊</translation>
    </message>
    <message>
      <source>“{name}” could not be trained</source>
      <translation>無法訓練「{name}」</translation>
    </message>
    <message>
      <source>“{name}” is paused</source>
      <translation>「{name}」已暫停</translation>
    </message>
    <message>
      <source>“{name}” is ready</source>
      <translation>「{name}」已完成</translation>
    </message>
    <message>
      <source>⚠ A picture like this takes {size} of memory and {free} are free: close other programs.</source>
      <translation>⚠ 這樣一張圖片需要 {size} 記憶體，而可用的有 {free}：請關閉其他程式。</translation>
    </message>
    <message>
      <source>⚠ Edges were removed too: lower the strength or the noise level.</source>
      <translation>⚠ 連邊緣也被去除了：請降低強度或雜訊值。</translation>
    </message>
    <message>
      <source>⚠ In smooth parts more was removed than there seems to be noise: lower the strength.</source>
      <translation>⚠ 在平滑的部分，去除的似乎比雜訊還多：請降低強度。</translation>
    </message>
    <message>
      <source>⚠ Some noise or compression seems to be left: a noise level set by hand removes more.</source>
      <translation>⚠ 似乎還留有雜訊或壓縮痕跡：手動設定雜訊值可去除更多。</translation>
    </message>
    <message>
      <source>⚠ Some noise seems to be left: raise the noise level.</source>
      <translation>⚠ 似乎還留有雜訊：請提高雜訊值。</translation>
    </message>
    <message>
      <source>⚠ The device is short of memory: smaller tiles are used, which takes longer.</source>
      <translation>⚠ 裝置的記憶體不足：改用較小的圖塊，會花較長時間。</translation>
    </message>
    <message>
      <source>⚠ The picture is noisy, and this model sharpens its grain too.</source>
      <translation>⚠ 圖片帶有雜訊，這個模型會把顆粒一併銳化。</translation>
    </message>
    <message>
      <source>⚠ The picture is strongly compressed, and this model sharpens its blocks too.</source>
      <translation>⚠ 圖片壓縮得很厲害，這個模型會把方塊痕跡一併銳化。</translation>
    </message>
    <message>
      <source>⚠ Unlike the pictures that this model was trained on: look closely at the result.</source>
      <translation>⚠ 與這個模型學習過的圖片不同：請仔細檢視結果。</translation>
    </message>
    <message>
      <source>⚠ {size} are missing on that disk: choose another folder, or a format that takes less room.</source>
      <translation>⚠ 該磁碟還缺 {size}：請選擇其他資料夾，或佔用較少空間的格式。</translation>
    </message>
  </context>
  <context>
    <name>ZoomButtons</name>
    <message>
      <source>1 to 1</source>
      <translation>1 比 1</translation>
    </message>
    <message>
      <source>2 to 1</source>
      <translation>2 比 1</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>符合視窗</translation>
    </message>
    <message>
      <source>Four screen pixels for each pixel (2).</source>
      <translation>每個像素以四個螢幕像素顯示(2)。</translation>
    </message>
    <message>
      <source>One screen pixel for each pixel (1).</source>
      <translation>每個像素以一個螢幕像素顯示(1)。</translation>
    </message>
    <message>
      <source>Show the whole picture (0).</source>
      <translation>顯示整張圖片(0)。</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>縮放</translation>
    </message>
  </context>
  <context>
    <name>_Drawings</name>
    <message>
      <source>{name}, kept</source>
      <translation>{name}，已保留</translation>
    </message>
  </context>
  <context>
    <name>_HelpDialog</name>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>Close this window.</source>
      <translation>關閉這個視窗。</translation>
    </message>
  </context>
  <context>
    <name>health</name>
    <message>
      <source>Free some space there, or make the folder writable.</source>
      <translation>請在那裡釋出空間，或讓資料夾可以寫入。</translation>
    </message>
    <message>
      <source>Install aestudio again.</source>
      <translation>請重新安裝 aestudio。</translation>
    </message>
    <message>
      <source>Settings and models of your own cannot be kept: {folder}.</source>
      <translation>無法保存您的設定與模型：{folder}。</translation>
    </message>
    <message>
      <source>The program's folder is incomplete: {name} is missing.</source>
      <translation>程式的資料夾不完整：缺少 {name}。</translation>
    </message>
  </context>
</TS>
