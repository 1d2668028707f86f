namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A mapping file: how the records of a delimited or JSON source become canonical events.</summary>
/// <remarks>
/// A JSON document, described by <c>samples/mappings/mapping.schema.json</c>. Compiled once when it is loaded; immutable, and so shared by
/// any number of <see cref="MappingTranslator"/>s on any threads.
/// </remarks>
public sealed class SourceMapping
{
    private SourceMapping(string name, string description, MappingProgram program)
    {
        Name = name;
        Description = description;
        Program = program;
    }

    /// <summary>The mapping's name, which is also the name of the format it reads.</summary>
    public string Name { get; }

    /// <summary>What the mapping says of itself; empty if nothing.</summary>
    public string Description { get; }

    internal MappingProgram Program { get; }

    /// <summary>Loads a mapping.</summary>
    /// <param name="utf8Json">The file's text; at most 1 MiB.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    public static SourceMapping Load(ReadOnlySpan<byte> utf8Json, string file = "mapping")
    {
        ArgumentNullException.ThrowIfNull(file);
        MappingNode root = MappingDocument.Parse(utf8Json, file);
        MappingProgram program = MappingLoader.Load(root, out string name);
        return new SourceMapping(name, root.TextOf("description") ?? "", program);
    }

    /// <summary>Loads a mapping.</summary>
    /// <param name="stream">The file's text; read to its end, at most 1 MiB of it.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    public static SourceMapping Load(Stream stream, string file = "mapping")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new byte[MappingDocument.MaxBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Load(bytes.AsSpan(0, length), file);
    }

    /// <summary>Loads a mapping.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MappingException">The mapping cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SourceMapping Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Load(stream, Path.GetFileName(path));
    }
}
