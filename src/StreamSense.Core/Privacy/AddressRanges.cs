using System.Buffers;
using System.Globalization;
using System.Text;

namespace StreamSense.Core.Privacy;

/// <summary>Looks addresses up in a table of ranges, read from a text.</summary>
/// <remarks>
/// A line is <c>first,last,country,asn,isp</c> or <c>192.0.2.0/24,country,asn,isp</c>; what stands after the country may be left out, a
/// value may be quoted, lines that are empty or begin with <c>#</c> are skipped. That is the shape in which the open tables of countries
/// and networks come. Ranges may not overlap. Immutable and thread-safe; a look-up is a binary search and allocates nothing.
/// </remarks>
public sealed class AddressRanges : IAddressLookup
{
    private const int Columns = 5;

    private static readonly SearchValues<char> _white = SearchValues.Create(" \t\"\r");

    private readonly UInt128[] _first;
    private readonly UInt128[] _last;
    private readonly AddressFacts[] _facts;

    private AddressRanges(List<Row> rows)
    {
        _first = new UInt128[rows.Count];
        _last = new UInt128[rows.Count];
        _facts = new AddressFacts[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            (_first[i], _last[i], _facts[i], _) = rows[i];
        }
    }

    /// <summary>How many ranges the table has.</summary>
    public int Count => _first.Length;

    /// <summary>Reads a table.</summary>
    /// <param name="text">The text; read to its end.</param>
    /// <exception cref="FormatException">A line is no range, or overlaps another; the message names the line.</exception>
    public static AddressRanges Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = new List<Row>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.AsSpan().IndexOfAnyExcept(_white) >= 0 && line[0] != '#')
            {
                rows.Add(Parse(line, number, names));
            }
        }

        rows.Sort((left, right) => left.First.CompareTo(right.First));
        for (int i = 1; i < rows.Count; i++)
        {
            if (rows[i].First <= rows[i - 1].Last)
            {
                string rule = string.Create(CultureInfo.InvariantCulture, $"the range overlaps that of line {rows[i - 1].Line}");
                throw Broken(rows[i].Line, rule);
            }
        }

        return new AddressRanges(rows);
    }

    /// <inheritdoc/>
    public bool TryFind(NetworkAddress address, out AddressFacts facts)
    {
        int place = Array.BinarySearch(_first, address.Bits);
        place = place >= 0 ? place : ~place - 1;
        bool isFound = place >= 0 && address.Bits <= _last[place];
        facts = isFound ? _facts[place] : default;
        return isFound;
    }

    private static Row Parse(string line, int number, Dictionary<string, string> names)
    {
        // What stands behind the columns that are read stays one piece, however many commas it has.
        string[] values = line.Split(',', Columns + 1);
        int next = 1;
        UInt128 first;
        UInt128 last;
        if (values[0].Contains('/', StringComparison.Ordinal))
        {
            (first, last) = Network(values[0], number);
        }
        else if (values.Length > 1)
        {
            first = Address(values[0], number).Bits;
            last = Address(values[1], number).Bits;
            next = 2;
        }
        else
        {
            throw Broken(number, "expected first,last,country or network/prefix,country");
        }

        var facts = new AddressFacts(Value(values, next, names), Value(values, next + 1, names), Value(values, next + 2, names));
        return last < first ? throw Broken(number, "the range ends before it begins") : new Row(first, last, facts, number);
    }

    private static (UInt128 First, UInt128 Last) Network(string text, int number)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        NetworkAddress address = Address(text[..slash], number);
        int most = address.IsVersion4 ? 32 : 128;
        if (!int.TryParse(text.AsSpan(slash + 1).Trim(" \t\"").ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix > most)
        {
            throw Broken(number, "the prefix is no number of bits of the address");
        }

        UInt128 rest = most == prefix ? 0 : UInt128.MaxValue >> (128 - (most - prefix));
        return (address.Bits & ~rest, address.Bits | rest);
    }

    private static NetworkAddress Address(string text, int number) =>
        NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text.Trim(' ', '\t', '"')), out NetworkAddress address)
            ? address
            : throw Broken(number, "expected an address");

    // Countries and networks come again and again: one string each.
    private static string? Value(string[] values, int place, Dictionary<string, string> names)
    {
        string text = place < values.Length ? values[place].Trim(' ', '\t', '"', '\r') : "";
        if (text.Length == 0)
        {
            return null;
        }

        if (!names.TryGetValue(text, out string? name))
        {
            names.Add(text, name = text);
        }

        return name;
    }

    private static FormatException Broken(int line, string rule) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line} of the address table: {rule}."));

    private readonly record struct Row(UInt128 First, UInt128 Last, AddressFacts Facts, int Line);
}
