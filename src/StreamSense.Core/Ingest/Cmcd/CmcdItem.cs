using System.Globalization;
using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>A value of a CMCD key, an element of its list or of its parameters, with parameters of its own.</summary>
/// <remarks>Immutable. For tools, tests and encoders; the door reads records without making these.</remarks>
public sealed class CmcdItem
{
    private CmcdItem(CmcdType type, string text, IReadOnlyList<CmcdItem>? elements = null)
    {
        Type = type;
        Text = text;
        Elements = elements ?? [];
    }

    /// <summary>The type.</summary>
    public CmcdType Type { get; }

    /// <summary>A number, text, token, date or base64 as it is spelled, without quotes and backslashes; else empty.</summary>
    public string Text { get; }

    /// <summary>The elements of a list; else empty.</summary>
    public IReadOnlyList<CmcdItem> Elements { get; }

    /// <summary>The parameters, in the order in which they stand.</summary>
    public IReadOnlyList<KeyValuePair<string, CmcdItem>> Parameters { get; private init; } = [];

    /// <summary>The number; not a number if the value is none.</summary>
    public double Number => Type == CmcdType.Number ? double.Parse(Text, CultureInfo.InvariantCulture) : double.NaN;

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    public static CmcdItem OfTruth(bool value) => new(value ? CmcdType.Truth : CmcdType.Falsehood, "");

    /// <summary>A number; digits beyond the third after the point are rounded, half to even as RFC 8941 asks.</summary>
    /// <param name="value">The number; less than 10^12 if it has a fraction, less than 10^15 otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is too large for a structured field.</exception>
    public static CmcdItem OfNumber(decimal value)
    {
        decimal rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        decimal limit = decimal.IsInteger(rounded) ? 1_000_000_000_000_000m : 1_000_000_000_000m;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Abs(rounded), limit, nameof(value));
        return new(CmcdType.Number, rounded.ToString("0.###", CultureInfo.InvariantCulture));
    }

    /// <summary>A text.</summary>
    /// <param name="value">The text, without quotes.</param>
    public static CmcdItem OfText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(CmcdType.Text, value);
    }

    /// <summary>A token.</summary>
    /// <param name="value">The token.</param>
    /// <exception cref="ArgumentException">The text is no token of RFC 8941.</exception>
    public static CmcdItem OfToken(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        var reader = new CmcdReader(Encoding.UTF8.GetBytes(value), isStrict: true);
        if (!reader.TryReadElement(out CmcdValue item) || item.Type != CmcdType.Token || item.Raw.Length != value.Length)
        {
            throw new ArgumentException("The text is no token of RFC 8941.", nameof(value));
        }

        return new(CmcdType.Token, value);
    }

    /// <summary>A list.</summary>
    /// <param name="elements">Its elements; no lists.</param>
    /// <exception cref="ArgumentException">An element is a list.</exception>
    public static CmcdItem OfList(params IReadOnlyList<CmcdItem> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        foreach (CmcdItem element in elements)
        {
            if (element.Type == CmcdType.List)
            {
                throw new ArgumentException("A list holds no lists.", nameof(elements));
            }
        }

        return new(CmcdType.List, "", [.. elements]);
    }

    /// <summary>The same value with one more parameter; the last of a name counts.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value; neither a list nor one with parameters.</param>
    public CmcdItem With(string name, CmcdItem value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        var parameters = new List<KeyValuePair<string, CmcdItem>>(Parameters);
        int known = parameters.FindIndex(parameter => string.Equals(parameter.Key, name, StringComparison.Ordinal));
        if (known >= 0)
        {
            parameters[known] = new(name, value);
        }
        else
        {
            parameters.Add(new(name, value));
        }

        return new CmcdItem(Type, Text, Elements) { Parameters = parameters };
    }

    /// <summary>The value as RFC 8941 writes it.</summary>
    public override string ToString() => CmcdText.Write(new StringBuilder(), this).ToString();

    internal static CmcdItem From(CmcdValue value)
    {
        CmcdItem item = value.Type switch
        {
            CmcdType.List => new CmcdItem(CmcdType.List, "", ElementsOf(value)),
            CmcdType.Number => new CmcdItem(CmcdType.Number, CmcdText.Shorten(Encoding.UTF8.GetString(value.Raw))),
            _ => new CmcdItem(value.Type, TextOf(value)),
        };
        var reader = new CmcdReader(value.Parameters);
        while (reader.TryReadParameter(out ReadOnlySpan<byte> name, out CmcdValue parameter))
        {
            item = item.With(Encoding.UTF8.GetString(name), From(parameter));
        }

        return item;
    }

    private static List<CmcdItem> ElementsOf(CmcdValue list)
    {
        List<CmcdItem> elements = [];
        var reader = new CmcdReader(list.Raw);
        while (reader.TryReadElement(out CmcdValue element))
        {
            elements.Add(From(element));
        }

        return elements;
    }

    private static string TextOf(CmcdValue value)
    {
        byte[] text = new byte[value.Raw.Length];
        return value.IsEscaped ? Encoding.UTF8.GetString(text, 0, value.Unescape(text)) : Encoding.UTF8.GetString(value.Raw);
    }
}
