using System.Text;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Writes lines of columns: a head or none, values after models, columns too few, too many, quoted, wild.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Models">Values of a column that are right; a column that is not there has any.</param>
internal sealed record RowGrammar(IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string[]> Models)
{
    /// <summary>What stands between two columns.</summary>
    public string Delimiter { get; init; } = "\t";

    /// <summary>What a line that names the columns begins with; null if there is no such line.</summary>
    public string? Head { get; init; }

    /// <summary>What stands around a value that holds a delimiter.</summary>
    public string Quote { get; init; } = "";

    /// <summary>Other lines that may stand anywhere.</summary>
    public IReadOnlyList<string> Directives { get; init; } = [];

    /// <summary>Whether the columns may stand in any order, and be fewer: then their head says which.</summary>
    public bool IsFree { get; init; }

    /// <summary>Writes some lines.</summary>
    public void Write(FuzzRandom random, FuzzText output)
    {
        int wildness = random.Pick([0, 60, 20, 6]);
        IReadOnlyList<string> columns = Choose(random, wildness);
        output.Add(random.Once(12) ? "\uFEFF" : "");
        WriteHead(random, columns, output);
        for (int i = random.Once(20) ? random.Below(200) : random.Below(8); i >= 0; i--)
        {
            if (random.Once(15))
            {
                columns = Choose(random, wildness);
                WriteHead(random, columns, output);
            }

            if (Directives.Count > 0 && random.Once(12))
            {
                output.Add(random.Pick(Directives)).Add("\n");
            }

            WriteRow(random, columns, output, wildness);
            output.Add(random.Once(10) ? random.Pick(["\r\n", "\n\n", " \n", "\r", Delimiter + "\n", "\n#\n"]) : "\n");
        }
    }

    private IReadOnlyList<string> Choose(FuzzRandom random, int wildness)
    {
        if (!IsFree || (wildness == 0 && random.Once(2)))
        {
            return Columns;
        }

        var chosen = Columns.Where(_ => random.Below(3) > 0).ToList();
        for (int i = chosen.Count - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (chosen[i], chosen[other]) = (chosen[other], chosen[i]);
        }

        return chosen.Count == 0 ? Columns : chosen;
    }

    private void WriteHead(FuzzRandom random, IReadOnlyList<string> columns, FuzzText output)
    {
        if (Head is not null && !random.Once(30))
        {
            output.Add(Head).Add(string.Join(Delimiter, columns)).Add("\n");
        }
    }

    private void WriteRow(FuzzRandom random, IReadOnlyList<string> columns, FuzzText output, int wildness)
    {
        int count = wildness > 0 && random.Once(wildness) ? random.Below(columns.Count + 3) : columns.Count;
        for (int i = 0; i < count; i++)
        {
            string value = wildness > 0 && random.Once(wildness) ? WildValues.Text(random) : Value(random, columns[i % columns.Count]);
            bool isQuoted = Quote.Length > 0
                && (value.Contains(Delimiter, StringComparison.Ordinal)
                    || value.Contains(Quote, StringComparison.Ordinal)
                    || random.Once(30));
            output.Add(i > 0 ? Delimiter : "");
            output.Add(isQuoted ? Quote + value.Replace(Quote, Quote + Quote, StringComparison.Ordinal) + Quote : value);
            output.Add(isQuoted && wildness > 0 && random.Once(wildness) ? random.Pick([Quote, "x", "\n", " "]) : "");
        }
    }

    private string Value(FuzzRandom random, string column)
    {
        string value = Models.TryGetValue(column, out string[]? models) ? random.Pick(models) : WildValues.Word(random);
        var text = new StringBuilder();
        foreach (char letter in value)
        {
            // In a model U+0001 stands for a digit.
            text.Append(letter == '\u0001' ? (char)('0' + random.Below(10)) : letter);
        }

        return text.ToString();
    }
}
