namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What a path's ending says of the object, where it leaves no doubt.</summary>
/// <remarks>An <c>.mp4</c> or <c>.m4s</c> may be video, sound, both or an initialisation: no word on those.</remarks>
internal static class MediaPaths
{
    /// <summary>The CMCD object type; empty if the ending does not say.</summary>
    public static ReadOnlySpan<byte> ObjectTypeOf(ReadOnlySpan<byte> path)
    {
        int query = path.IndexOf((byte)'?');
        path = query < 0 ? path : path[..query];
        int point = path.LastIndexOf((byte)'.');
        if (point < 0 || path.Length - point - 1 is < 2 or > 8)
        {
            return default;
        }

        Span<byte> ending = stackalloc byte[8];
        int length = 0;
        foreach (byte letter in path[(point + 1)..])
        {
            ending[length++] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }

        return ending[..length] switch
        {
            _ when Is(ending[..length], "m3u8"u8) || Is(ending[..length], "mpd"u8) || Is(ending[..length], "ism"u8) => "m"u8,
            _ when Is(ending[..length], "m4v"u8) || Is(ending[..length], "cmfv"u8) => "v"u8,
            _ when Is(ending[..length], "m4a"u8) || Is(ending[..length], "cmfa"u8) || Is(ending[..length], "aac"u8) => "a"u8,
            _ when Is(ending[..length], "ts"u8) => "av"u8,
            _ when Is(ending[..length], "vtt"u8) || Is(ending[..length], "srt"u8) || Is(ending[..length], "ttml"u8) => "c"u8,
            _ when Is(ending[..length], "cmft"u8) => "tt"u8,
            _ => default,
        };
    }

    private static bool Is(ReadOnlySpan<byte> ending, ReadOnlySpan<byte> name) => ending.SequenceEqual(name);
}
