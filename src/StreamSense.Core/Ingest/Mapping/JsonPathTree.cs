using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Paths into JSON values, found in one pass: <c>a.b[0].c</c>, <c>a["b.c"]</c>.</summary>
/// <remarks>Immutable once loaded; the walk goes no deeper than the longest path.</remarks>
internal sealed class JsonPathTree
{
    private const int MaxDepth = 32;
    private const int MaxIndex = 4096;

    private readonly List<(byte[] Name, JsonPathTree Child)> _members = [];
    private readonly List<(int Index, JsonPathTree Child)> _elements = [];
    private int _slot = -1;

    /// <summary>Adds a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="slot">Where to note what stands there.</param>
    /// <exception cref="FormatException">It is no path; the message says why.</exception>
    public void Add(string path, int slot)
    {
        JsonPathTree node = this;
        int at = 0;
        int depth = 0;
        while (at < path.Length)
        {
            if (++depth > MaxDepth)
            {
                throw new FormatException($"the path is deeper than {MaxDepth}");
            }

            node = path[at] == '[' ? node.AddBracket(path, ref at) : node.AddName(path, ref at, isFirst: depth == 1);
        }

        node._slot = slot;
    }

    /// <summary>Notes what stands at the paths.</summary>
    /// <param name="reader">Stands on the value; afterwards on its end.</param>
    /// <param name="offset">Where the reader's text begins in that of the record.</param>
    /// <param name="slots">Where to note it.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public void Walk(ref Utf8JsonReader reader, int offset, Span<SourceSlot> slots)
    {
        int start = (int)reader.TokenStartIndex;
        JsonTokenType token = reader.TokenType;
        bool isText = token == JsonTokenType.String;
        bool isEscaped = isText && reader.ValueIsEscaped;
        int length = isText ? reader.ValueSpan.Length : 0;
        if (token == JsonTokenType.StartObject && _members.Count > 0)
        {
            WalkMembers(ref reader, offset, slots);
        }
        else if (token == JsonTokenType.StartArray && _elements.Count > 0)
        {
            WalkElements(ref reader, offset, slots);
        }
        else
        {
            reader.Skip();
        }

        if (_slot >= 0)
        {
            slots[_slot] = new SourceSlot
            {
                Token = token,
                IsEscaped = isEscaped,
                Start = offset + start + (isText ? 1 : 0),
                Length = isText ? length : (int)reader.BytesConsumed - start,
            };
        }
    }

    private void WalkMembers(ref Utf8JsonReader reader, int offset, Span<SourceSlot> slots)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonPathTree? child = Find(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                child.Walk(ref reader, offset, slots);
            }
        }
    }

    private void WalkElements(ref Utf8JsonReader reader, int offset, Span<SourceSlot> slots)
    {
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            JsonPathTree? child = null;
            foreach ((int wanted, JsonPathTree candidate) in _elements)
            {
                child = wanted == index ? candidate : child;
            }

            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                child.Walk(ref reader, offset, slots);
            }
        }
    }

    private JsonPathTree? Find(ref Utf8JsonReader reader)
    {
        foreach ((byte[] name, JsonPathTree child) in _members)
        {
            if (reader.ValueTextEquals(name))
            {
                return child;
            }
        }

        return null;
    }

    private JsonPathTree AddName(string path, ref int at, bool isFirst)
    {
        if (!isFirst && path[at++] != '.')
        {
            throw new FormatException($"the path '{path}' has no '.' before '{path[(at - 1)..]}'");
        }

        int end = path.AsSpan(at).IndexOfAny('.', '[');
        end = end < 0 ? path.Length : at + end;
        if (end == at)
        {
            throw new FormatException($"the path '{path}' has an empty name");
        }

        string name = path[at..end];
        at = end;
        return Member(name);
    }

    private JsonPathTree AddBracket(string path, ref int at)
    {
        int end = path.IndexOf(path.AsSpan(at).StartsWith("[\"") ? "\"]" : "]", at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException($"the path '{path}' has a '[' without its ']'");
        }

        string inside = path[(at + 1)..end];
        if (inside.StartsWith('"'))
        {
            at = end + 2;
            return Member(inside[1..]);
        }

        at = end + 1;
        if (!int.TryParse(inside, System.Globalization.NumberStyles.None, null, out int index) || index > MaxIndex)
        {
            throw new FormatException($"the path '{path}' has '[{inside}]', not a number from 0 to {MaxIndex} or a name in quotes");
        }

        foreach ((int known, JsonPathTree child) in _elements)
        {
            if (known == index)
            {
                return child;
            }
        }

        var added = new JsonPathTree();
        _elements.Add((index, added));
        return added;
    }

    private JsonPathTree Member(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        foreach ((byte[] known, JsonPathTree child) in _members)
        {
            if (known.AsSpan().SequenceEqual(utf8))
            {
                return child;
            }
        }

        var added = new JsonPathTree();
        _members.Add((utf8, added));
        return added;
    }
}
