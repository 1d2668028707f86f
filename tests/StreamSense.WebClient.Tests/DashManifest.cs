namespace StreamSense.WebClient.Tests;

/// <summary>Says of the sample's ladder as DASH what its playlists say as HLS; each segment holds picture and sound.</summary>
internal static class DashManifest
{
    public const string Path = "/media/test-pattern/manifest.mpd";

    private const string Text = """
        <?xml version="1.0" encoding="utf-8"?>
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="urn:mpeg:dash:profile:isoff-live:2011"
             mediaPresentationDuration="PT64S" minBufferTime="PT2S">
          <Period id="1" start="PT0S">
            <AdaptationSet id="1" contentType="video" mimeType="video/mp4" codecs="avc1.4d401e,mp4a.40.2" segmentAlignment="true"
                           startWithSAP="1">
              <SegmentTemplate timescale="1" duration="2" startNumber="0" initialization="$RepresentationID$-init.mp4"
                               media="$RepresentationID$-$Number%02d$.m4s" />
              <Representation id="low" bandwidth="127000" width="320" height="180" frameRate="20" />
              <Representation id="mid" bandwidth="252000" width="480" height="270" frameRate="20" />
              <Representation id="high" bandwidth="465000" width="640" height="360" frameRate="20" />
            </AdaptationSet>
          </Period>
        </MPD>
        """;

    public static Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/dash+xml";
        return context.Response.WriteAsync(Text, context.RequestAborted);
    }
}
