using System.IO.Compression;
using System.Text;

namespace StreamSense.Tool.Tests;

/// <summary>Packs what the tests read.</summary>
internal static class Gzip
{
    /// <summary>A member without text: some compressors end every file with one.</summary>
    public static byte[] EmptyMember { get; } = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>One member.</summary>
    public static byte[] Member(string text, CompressionLevel level = CompressionLevel.Optimal) =>
        Member(Encoding.UTF8.GetBytes(text), level);

    /// <summary>One member.</summary>
    public static byte[] Member(byte[] text, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, level, leaveOpen: true))
        {
            stream.Write(text);
        }

        return packed.ToArray();
    }

    /// <summary>What the platform unpacks; of a file that is cut off, all that is whole.</summary>
    public static byte[] Text(byte[] packed)
    {
        using var text = new MemoryStream();
        using (var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            stream.CopyTo(text);
        }

        return text.ToArray();
    }
}
