namespace StreamSense.Tidy.Tests.Source;

/// <summary>C# text in which comments, strings and characters are blanks, so that a scan sees code only.</summary>
internal static class CodeText
{
    /// <summary>The text with everything that is no code replaced by blanks; lines and columns stay where they were.</summary>
    public static string Blank(string text)
    {
        char[] result = text.ToCharArray();
        int i = 0;
        while (i < text.Length)
        {
            int end = EndOfNonCode(text, i);
            if (end == i)
            {
                i++;
                continue;
            }

            for (; i < end; i++)
            {
                result[i] = text[i] is '\n' ? '\n' : ' ';
            }
        }

        return new string(result);
    }

    private static int EndOfNonCode(string text, int i)
    {
        string rest2 = text.Substring(i, Math.Min(2, text.Length - i));
        return rest2 switch
        {
            "//" => IndexOrEnd(text, "\n", i),
            "/*" => Past(text, "*/", i + 2),
            _ when text[i] is '#' && IsFirstOnLine(text, i) => IndexOrEnd(text, "\n", i),
            _ when text[i] is '\'' => EndOfQuoted(text, i + 1, '\''),
            _ when text[i] is '"' or '$' or '@' => EndOfString(text, i),
            _ => i,
        };
    }

    private static int EndOfString(string text, int start)
    {
        int i = start;
        int dollars = 0;
        bool verbatim = false;
        for (; i < text.Length && text[i] is '$' or '@'; i++)
        {
            dollars += text[i] is '$' ? 1 : 0;
            verbatim |= text[i] is '@';
        }

        if (i >= text.Length || text[i] is not '"')
        {
            return start;
        }

        int quotes = 0;
        while (i + quotes < text.Length && text[i + quotes] is '"')
        {
            quotes++;
        }

        if (quotes >= 3 && !verbatim)
        {
            return Past(text, new string('"', quotes), i + quotes);
        }

        return quotes is 2 && !verbatim ? i + 2 : EndOfPlainString(text, i + 1, verbatim, interpolated: dollars > 0);
    }

    private static int EndOfPlainString(string text, int i, bool verbatim, bool interpolated)
    {
        while (i < text.Length)
        {
            char c = text[i];
            bool doubled = i + 1 < text.Length && text[i + 1] == c;
            if (c is '"' && !(verbatim && doubled))
            {
                return i + 1;
            }

            if (c is '\\' && !verbatim)
            {
                i += 2;
            }
            else if (c is '{' && interpolated && !doubled)
            {
                i = EndOfHole(text, i + 1);
            }
            else
            {
                i += (c is '"' or '{') && doubled ? 2 : 1;
            }
        }

        return text.Length;
    }

    private static int EndOfHole(string text, int i)
    {
        for (int depth = 1; i < text.Length && depth > 0;)
        {
            int end = EndOfNonCode(text, i);
            depth += end > i ? 0 : text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            i = end > i ? end : i + 1;
        }

        return i;
    }

    private static int EndOfQuoted(string text, int i, char quote)
    {
        while (i < text.Length && text[i] != quote)
        {
            i += text[i] is '\\' ? 2 : 1;
        }

        return Math.Min(text.Length, i + 1);
    }

    private static bool IsFirstOnLine(string text, int i)
    {
        int lineStart = i is 0 ? 0 : text.LastIndexOf('\n', i - 1) + 1;
        return text.AsSpan(lineStart, i - lineStart).IsWhiteSpace();
    }

    private static int IndexOrEnd(string text, string what, int from)
    {
        int found = text.IndexOf(what, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found;
    }

    private static int Past(string text, string what, int from) => Math.Min(text.Length, IndexOrEnd(text, what, from) + what.Length);
}
