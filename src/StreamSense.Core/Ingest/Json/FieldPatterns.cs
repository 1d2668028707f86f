using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Ingest.Json;

/// <summary>How names stand in a line, <c>"name":</c>, so that one comparison tells whether the expected one comes next.</summary>
internal static class FieldPatterns
{
    private static readonly Pattern[] ByField = Make();

    /// <summary>The pattern of a member; of one whose name is too long it has no length.</summary>
    public static ref readonly Pattern Of(JsonField field) => ref ByField[(int)field];

    private static Pattern[] Make()
    {
        // One more than there are members: "none expected" has a pattern that nothing matches.
        var patterns = new Pattern[(int)JsonField.Count + 1];
        Array.Fill(patterns, Pattern.Nothing);
        Span<byte> text = stackalloc byte[Pattern.MaxLength];
        Span<byte> mask = stackalloc byte[Pattern.MaxLength];
        for (int field = 0; field < (int)JsonField.Count; field++)
        {
            ReadOnlySpan<byte> name = JsonFieldNames.Utf8NameOf((JsonField)field);
            int length = name.Length + 3;
            if (length > Pattern.MaxLength)
            {
                continue;
            }

            text.Clear();
            mask.Clear();
            text[0] = (byte)'"';
            name.CopyTo(text[1..]);
            "\":"u8.CopyTo(text[(name.Length + 1)..]);
            mask[..length].Fill(byte.MaxValue);
            patterns[field] = new Pattern(
                MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[8..]),
                MemoryMarshal.Read<ulong>(mask), MemoryMarshal.Read<ulong>(mask[8..]), length);
        }

        return patterns;
    }

    /// <summary>A name with its quotes and colon, as two words.</summary>
    internal readonly record struct Pattern(ulong Text0, ulong Text1, ulong Mask0, ulong Mask1, int Length)
    {
        /// <summary>How many bytes of a line are looked at.</summary>
        public const int MaxLength = 2 * sizeof(ulong);

        /// <summary>What nothing matches.</summary>
        public static readonly Pattern Nothing = new(1, 0, 0, 0, 0);

        /// <summary>Whether the name stands at a place with at least <see cref="MaxLength"/> bytes.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Matches(ref byte line) =>
            (((Unsafe.ReadUnaligned<ulong>(ref line) & Mask0) ^ Text0)
                | ((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref line, sizeof(ulong))) & Mask1) ^ Text1)) == 0;
    }
}
