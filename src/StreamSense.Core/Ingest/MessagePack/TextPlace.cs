using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Where in the body of a batch a text lies; length 0 where there is none.</summary>
internal readonly record struct TextPlace(int Start, int Length)
{
    /// <summary>The place of a part of a body.</summary>
    public static TextPlace Of(ReadOnlySpan<byte> body, ReadOnlySpan<byte> text) =>
        new((int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(body), ref MemoryMarshal.GetReference(text)), text.Length);

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
