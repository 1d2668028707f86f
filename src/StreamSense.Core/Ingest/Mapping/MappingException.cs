namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A mapping file that cannot be used, with the place of the defect.</summary>
/// <remarks>
/// The message is one line: <c>file(line,column): path: what was expected</c>, and the name that was probably meant where one is near.
/// </remarks>
public sealed class MappingException : Exception
{
    /// <summary>Creates an error without a place.</summary>
    public MappingException()
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    public MappingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What led to it.</param>
    public MappingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal MappingException(string file, int line, int column, string path, string rule)
        : base($"{file}({line},{column}): {(path.Length > 0 ? path + ": " : "")}{rule}")
    {
        Line = line;
        Column = column;
        Path = path;
    }

    /// <summary>The line of the defect, from 1; 0 if the file could not be read at all.</summary>
    public int Line { get; }

    /// <summary>The column of the defect, in characters from 1; 0 if the file could not be read at all.</summary>
    public int Column { get; }

    /// <summary>The field of the mapping, for example <c>events[0].fields.value.unit</c>; empty for the whole file.</summary>
    public string Path { get; } = "";
}
