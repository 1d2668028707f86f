#!/usr/bin/env bash
# Makes the HLS ladder that the PlayerBackend sample plays: a moving test pattern with a visible time code and a quiet tone,
# three bitrates, fMP4 segments of two seconds that all begin with a key frame. Needs ffmpeg; the result is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

out=samples/PlayerBackend/wwwroot/media/test-pattern
seconds=64
fps=20
font=${LADDER_FONT:-/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf}

rm -rf "$out"
mkdir -p "$out"

# name width height kbps (video)
renditions=("low 320 180 70" "mid 480 270 170" "high 640 360 340")

master="#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
for rendition in "${renditions[@]}"; do
  read -r name width height kbps <<<"$rendition"
  size=$((height / 9))
  ffmpeg -hide_banner -loglevel error -nostdin \
    -f lavfi -i "testsrc2=size=${width}x${height}:rate=${fps}:duration=${seconds}" \
    -f lavfi -i "sine=frequency=220:sample_rate=44100:duration=${seconds}" \
    -vf "drawtext=fontfile=${font}:text='%{pts\:hms}':x=(w-tw)/2:y=h*0.42:fontsize=${size}:fontcolor=white:box=1:boxcolor=black@0.75:boxborderw=10,\
drawtext=fontfile=${font}:text='${height}p  ${kbps} kbps':x=(w-tw)/2:y=h*0.62:fontsize=${size}*0.55:fontcolor=white:box=1:boxcolor=black@0.75:boxborderw=6" \
    -af "volume=0.12" \
    -c:v libx264 -preset veryslow -tune animation -profile:v main -pix_fmt yuv420p \
    -b:v "${kbps}k" -maxrate "$((kbps * 5 / 4))k" -bufsize "$((kbps * 2))k" \
    -g $((fps * 2)) -keyint_min $((fps * 2)) -sc_threshold 0 -bf 2 \
    -c:a aac -b:a 32k -ac 1 \
    -f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4 -hls_flags independent_segments \
    -hls_fmp4_init_filename "${name}-init.mp4" -hls_segment_filename "$out/${name}-%02d.m4s" \
    "$out/${name}.m3u8"
  bandwidth=$(((kbps * 5 / 4 + 40) * 1000))
  master+="#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},AVERAGE-BANDWIDTH=$(((kbps + 36) * 1000)),RESOLUTION=${width}x${height},"
  master+="FRAME-RATE=${fps}.000,CODECS=\"avc1.4d401e,mp4a.40.2\"\n${name}.m3u8\n"
done
printf '%b' "$master" >"$out/master.m3u8"
du -sh "$out"
