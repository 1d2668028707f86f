using System.Runtime.Intrinsics;

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
        Span<byte> text = stackalloc byte[Vector128<byte>.Count];
        Span<byte> mask = stackalloc byte[Vector128<byte>.Count];
        for (int field = 0; field < (int)JsonField.Count; field++)
        {
            ReadOnlySpan<byte> name = JsonFieldNames.Utf8NameOf((JsonField)field);
            int length = name.Length + 3;
            if (length > text.Length)
            {
                continue;
            }

            text.Clear();
            mask.Clear();
            text[0] = (byte)'"';
            name.CopyTo(text[1..]);
            "\":"u8.CopyTo(text[(name.Length + 1)..]);
            mask[..length].Fill(byte.MaxValue);
            patterns[field] = new Pattern(Vector128.Create<byte>(text), Vector128.Create<byte>(mask), length);
        }

        return patterns;
    }

    /// <summary>A name with its quotes and colon.</summary>
    internal readonly record struct Pattern(Vector128<byte> Text, Vector128<byte> Mask, int Length)
    {
        public bool Matches(Vector128<byte> line) => Length != 0 && (line & Mask) == Text;
    }
}
