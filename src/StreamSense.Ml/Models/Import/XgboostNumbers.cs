namespace StreamSense.Ml.Models.Import;

/// <summary>Makes JSON of what XGBoost writes: it says NaN and Infinity, which JSON does not have.</summary>
internal static class XgboostNumbers
{
    /// <summary>Replaces these words outside of strings, in place.</summary>
    /// <remarks>NaN stands where a categorical split has no threshold, and becomes 0, which is not read there.</remarks>
    public static void MakeJson(Span<byte> text)
    {
        for (int at = text.IndexOfAny("\"NI"u8); at >= 0; at = text.IndexOfAny("\"NI"u8))
        {
            text = text[at..];
            int length = 1;
            if (text[0] == (byte)'"')
            {
                length = StringLength(text);
            }
            else if (text.StartsWith("NaN"u8))
            {
                "0  "u8.CopyTo(text);
            }
            else if (text.StartsWith("Infinity"u8))
            {
                "1e999   "u8.CopyTo(text);
            }

            text = text[length..];
        }
    }

    private static int StringLength(ReadOnlySpan<byte> text)
    {
        int end = 1;
        while (end < text.Length && text[end] != (byte)'"')
        {
            end += text[end] == (byte)'\\' ? 2 : 1;
        }

        return Math.Min(end + 1, text.Length);
    }
}
