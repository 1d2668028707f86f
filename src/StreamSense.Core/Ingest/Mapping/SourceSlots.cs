namespace StreamSense.Core.Ingest.Mapping;

/// <summary>The columns or paths that a mapping asks for, each with its place in the table of values.</summary>
/// <remarks>Grows while a mapping is loaded; immutable afterwards.</remarks>
internal sealed class SourceSlots(SourceForm form)
{
    /// <summary>How many columns or paths a mapping may ask for.</summary>
    public const int MaxSlots = 256;

    private const string DocumentPrefix = "$.";

    private readonly List<string> _names = [];

    /// <summary>The names of the columns, or the paths, by their place.</summary>
    public IReadOnlyList<string> Names => _names;

    public SourceForm Form => form;

    /// <summary>Paths within a record.</summary>
    public JsonPathTree Paths { get; } = new();

    /// <summary>Paths from the root of a document of many records; null if there are none.</summary>
    public JsonPathTree? DocumentPaths { get; private set; }

    /// <summary>What a message calls a value of the source.</summary>
    public string Describe(int slot) => form.IsJson ? $"'{_names[slot]}'" : $"column '{_names[slot]}'";

    /// <summary>The place of a column or path.</summary>
    /// <exception cref="MappingException">There is no such column, or it is no path.</exception>
    public int Place(MappingNode node, string name)
    {
        int slot = _names.IndexOf(name);
        if (slot >= 0)
        {
            return slot;
        }

        if (_names.Count == MaxSlots)
        {
            throw node.Error($"the mapping reads more than {MaxSlots} values of a record");
        }

        slot = _names.Count;
        if (form.IsJson)
        {
            AddPath(node, name, slot);
        }
        else if (form.Columns.Length > 0 && OrdinalOf(name) < 0 && !form.Columns.Contains(name, StringComparer.Ordinal))
        {
            throw node.Error($"there is no column '{name}';{NearestName.Hint(name, form.Columns)}");
        }

        _names.Add(name);
        return slot;
    }

    /// <summary>The number of a column called <c>#3</c>, from 0; -1 for another name.</summary>
    public static int OrdinalOf(string name) =>
        name.StartsWith('#') && int.TryParse(name.AsSpan(1), System.Globalization.NumberStyles.None, null, out int number)
            && number is > 0 and <= SlotRows.MaxColumns
            ? number - 1
            : -1;

    private void AddPath(MappingNode node, string path, int slot)
    {
        try
        {
            if (form.Records is not null && path.StartsWith(DocumentPrefix, StringComparison.Ordinal))
            {
                DocumentPaths ??= new JsonPathTree();
                DocumentPaths.Add(path[DocumentPrefix.Length..], slot);
            }
            else
            {
                Paths.Add(path, slot);
            }
        }
        catch (FormatException exception)
        {
            throw node.Error(exception.Message);
        }
    }
}
