using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Spells values as RFC 8941 has it.</summary>
internal static class CmcdText
{
    /// <summary>Writes a value with its parameters; true is written as <c>?1</c>.</summary>
    public static StringBuilder Write(StringBuilder text, CmcdItem item)
    {
        if (item.Type == CmcdType.List)
        {
            text.Append('(');
            for (int i = 0; i < item.Elements.Count; i++)
            {
                Write(i > 0 ? text.Append(' ') : text, item.Elements[i]);
            }

            text.Append(')');
        }
        else
        {
            WriteBare(text, item);
        }

        return WriteParameters(text, item);
    }

    /// <summary>Writes a member of a record; true is the bare key.</summary>
    public static void WriteMember(StringBuilder text, string key, CmcdItem item)
    {
        text.Append(key);
        if (item.Type == CmcdType.Truth)
        {
            WriteParameters(text, item);
        }
        else
        {
            Write(text.Append('='), item);
        }
    }

    /// <summary>A number without zeros at its start, and at the end of its fraction.</summary>
    public static string Shorten(string number)
    {
        string sign = number.StartsWith('-') ? "-" : "";
        string digits = number[sign.Length..].TrimStart('0');
        digits = digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
        digits = digits.Length == 0 || digits[0] == '.' ? "0" + digits : digits;
        return digits is "0" ? digits : sign + digits;
    }

    private static void WriteBare(StringBuilder text, CmcdItem item)
    {
        switch (item.Type)
        {
            case CmcdType.Truth:
                text.Append("?1");
                break;
            case CmcdType.Falsehood:
                text.Append("?0");
                break;
            case CmcdType.Text:
                string escaped = item.Text.Replace("\\", "\\\\", StringComparison.Ordinal);
                text.Append('"').Append(escaped.Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                break;
            case CmcdType.Bytes:
                text.Append(':').Append(item.Text).Append(':');
                break;
            case CmcdType.Date:
                text.Append('@').Append(item.Text);
                break;
            default:
                text.Append(item.Text);
                break;
        }
    }

    private static StringBuilder WriteParameters(StringBuilder text, CmcdItem item)
    {
        foreach ((string name, CmcdItem value) in item.Parameters)
        {
            text.Append(';').Append(name);
            if (value.Type != CmcdType.Truth)
            {
                WriteBare(text.Append('='), value);
            }
        }

        return text;
    }
}
