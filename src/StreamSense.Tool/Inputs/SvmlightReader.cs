using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace StreamSense.Tool.Inputs;

/// <summary>Reads svmlight (libsvm) text: <c>label [qid:n] index:value ... [# comment]</c>.</summary>
/// <remarks>
/// A line has at most 4 MiB, an index is at most 16,777,215, and indices rise within a row. Empty lines and comments are passed over.
/// Memory: 8 bytes an entry and 16 a row, and as much again while a table grows. One thread at a time.
/// </remarks>
internal sealed class SvmlightReader
{
    private const int MaxLineBytes = 4 << 20;
    private const int MaxIndex = (1 << 24) - 1;

    private readonly string _name;
    private readonly List<float> _labels = [];
    private readonly List<long> _queries = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _indices = [];
    private readonly List<float> _values = [];
    private readonly List<byte> _open = [];
    private int _maxIndex = -1;
    private bool _hasQueries;
    private long _line;

    private SvmlightReader(string name) => _name = name;

    /// <summary>Reads a file.</summary>
    /// <param name="input">The file, or standard input.</param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    /// <exception cref="InputException">It cannot be read, or a line is no row; the message names the line.</exception>
    public static SvmlightRows Read(InputFile input, CancellationToken cancellationToken)
    {
        var reader = new SvmlightReader(input.Name);
        input.ReadToEnd(reader.Feed, damaged: null, cancellationToken);
        return reader.Complete();
    }

    /// <summary>Reads text that is in memory already.</summary>
    /// <param name="name">How it is called in messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException">A line is no row; the message names the line.</exception>
    public static SvmlightRows Read(string name, ReadOnlySpan<byte> text)
    {
        var reader = new SvmlightReader(name);
        reader.Feed(text);
        return reader.Complete();
    }

    private void Feed(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            if (_open.Count == 0)
            {
                Line(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                LineOfOpen();
            }

            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    private SvmlightRows Complete()
    {
        if (_open.Count > 0)
        {
            LineOfOpen();
        }

        return new SvmlightRows
        {
            Labels = [.. _labels],
            Queries = _hasQueries ? [.. _queries] : null,
            Starts = [.. _starts],
            Indices = [.. _indices],
            Values = [.. _values],
            MaxIndex = _maxIndex,
        };
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_open.Count + bytes.Length > MaxLineBytes)
        {
            _line++;
            throw Malformed($"the line is longer than {MaxLineBytes} bytes");
        }

        _open.AddRange(bytes);
    }

    private void LineOfOpen()
    {
        Line(CollectionsMarshal.AsSpan(_open));
        _open.Clear();
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        _line++;
        int comment = line.IndexOf((byte)'#');
        ReadOnlySpan<byte> rest = comment < 0 ? line : line[..comment];
        ReadOnlySpan<byte> token = Next(ref rest);
        if (token.IsEmpty)
        {
            return;
        }

        if (!TryNumber(token, out float label) || !float.IsFinite(label))
        {
            throw Malformed($"'{Text(token)}' is no label");
        }

        long query = 0;
        int before = -1;
        for (token = Next(ref rest); !token.IsEmpty; token = Next(ref rest))
        {
            int colon = token.IndexOf((byte)':');
            if (colon == 3 && before < 0 && token.StartsWith("qid"u8))
            {
                if (!Utf8Parser.TryParse(token[4..], out query, out int read) || read != token.Length - 4)
                {
                    throw Malformed($"'{Text(token)}' is no query");
                }

                _hasQueries = true;
                continue;
            }

            before = Entry(token, colon, before);
        }

        if (_values.Count > Array.MaxLength / 2)
        {
            throw Malformed("the file has more entries than can be held; split it");
        }

        _labels.Add(label);
        _queries.Add(query);
        _starts.Add(_values.Count);
    }

    private int Entry(ReadOnlySpan<byte> token, int colon, int before)
    {
        if (!Utf8Parser.TryParse(token, out int index, out int digits) || digits != colon || index < 0 || index > MaxIndex
            || !TryNumber(token[(colon + 1)..], out float value))
        {
            throw Malformed($"'{Text(token)}' is no index:value with an index from 0 to {MaxIndex}");
        }

        if (index <= before)
        {
            throw Malformed($"feature {index} comes after feature {before}; indices rise within a row");
        }

        _indices.Add(index);
        _values.Add(value);
        _maxIndex = Math.Max(_maxIndex, index);
        return index;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out float number)
    {
        if (!text.IsEmpty && text[0] == (byte)'+')
        {
            text = text[1..];
        }

        if (Utf8Parser.TryParse(text, out number, out int read) && read == text.Length)
        {
            return true;
        }

        number = float.NaN;
        return Ascii.EqualsIgnoreCase(text, "nan"u8);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r"u8);
        int end = rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'\r');
        ReadOnlySpan<byte> token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token;
    }

    private static string Text(ReadOnlySpan<byte> token) =>
        Encoding.UTF8.GetString(token[..Math.Min(token.Length, 40)]);

    private InputException Malformed(string why) => new($"{_name}, line {_line}: {why}");
}
