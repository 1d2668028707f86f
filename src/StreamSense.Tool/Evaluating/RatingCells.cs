namespace StreamSense.Tool.Evaluating;

/// <summary>Cuts a line into cells.</summary>
internal static class RatingCells
{
    private const char Quote = '"';

    /// <summary>Cuts a line; quotes (RFC 4180) are taken off, spaces around a cell too.</summary>
    /// <param name="line">The line.</param>
    /// <param name="separator">What stands between cells; a space means any number of them.</param>
    /// <param name="cells">Emptied, and filled.</param>
    public static void Split(string line, string separator, List<string> cells)
    {
        cells.Clear();
        if (separator is " ")
        {
            cells.AddRange(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return;
        }

        int at = 0;
        while (at <= line.Length)
        {
            int start = at;
            while (start < line.Length && line[start] is ' ')
            {
                start++;
            }

            bool isQuoted = start < line.Length && line[start] is Quote;
            int close = isQuoted ? CloseOf(line, start + 1) : start;
            int end = line.IndexOf(separator, Math.Min(close, line.Length), StringComparison.Ordinal);
            end = end < 0 ? line.Length : end;
            cells.Add(isQuoted && close < line.Length
                ? line[(start + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal)
                : line[at..end].Trim());
            at = end + separator.Length;
        }
    }

    // Two quotes within a cell are one of its characters.
    private static int CloseOf(string line, int at)
    {
        while (at < line.Length)
        {
            if (line[at] is Quote)
            {
                if (at + 1 >= line.Length || line[at + 1] is not Quote)
                {
                    return at;
                }

                at++;
            }

            at++;
        }

        return line.Length;
    }
}
