namespace StreamSense.Ml.Models;

/// <summary>The sections of a model file that is being made.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class ModelFileBuilder
{
    private readonly List<(string Name, ModelSectionWriter Writer)> _sections = [];

    internal ModelFileBuilder()
    {
    }

    /// <summary>Begins a section.</summary>
    /// <param name="name">Its name: 1 to 40 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; each once.</param>
    /// <returns>What writes it.</returns>
    /// <exception cref="ArgumentException">The name cannot be one, or was given already, or there are too many sections.</exception>
    public ModelSectionWriter Section(string name)
    {
        bool isTaken = _sections.Exists(section => string.Equals(section.Name, name, StringComparison.Ordinal));
        if (!ModelName.IsAllowed(name) || name.Length > FileHeader.LongestName || isTaken || _sections.Count == FileHeader.MostSections)
        {
            throw new ArgumentException(
                $"'{name}' cannot be a section: of up to {FileHeader.LongestName} letters and digits, each name once, "
                + $"at most {FileHeader.MostSections}.",
                nameof(name));
        }

        var writer = new ModelSectionWriter();
        _sections.Add((name, writer));
        return writer;
    }

    /// <summary>What was written, in the order of the sections.</summary>
    internal IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> Written() =>
        _sections.Select(section => (section.Name, section.Writer.Written));
}
