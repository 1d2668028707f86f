using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>The bitrate in force, in two slots: video (or video and audio together), and audio.</summary>
internal static class BitrateState
{
    /// <summary>Whether a bitrate in force would change nothing.</summary>
    public static bool IsInForce(in ViewRow view, MediaType mediaType, int kbps) => mediaType switch
    {
        MediaType.Audio => view.AudioKbps == kbps,
        MediaType.AudioVideo => view.VideoKbps == kbps && view.AudioKbps == ViewRow.UnknownKbps,
        _ => view.VideoKbps == kbps,
    };

    /// <summary>Puts a bitrate in force.</summary>
    /// <returns>Whether the bitrate of the video changed from one that was known.</returns>
    public static bool Set(ref ViewRow view, MediaType mediaType, int kbps)
    {
        if (mediaType == MediaType.Audio)
        {
            view.AudioKbps = kbps;
            return false;
        }

        int before = view.VideoKbps;
        view.VideoKbps = kbps;
        if (mediaType == MediaType.AudioVideo)
        {
            view.AudioKbps = ViewRow.UnknownKbps;
        }

        return before >= 0 && before != kbps;
    }
}
