namespace StreamSense.Ml.Models;

/// <summary>Says how models of one kind are written into the sections of a file, and read from them.</summary>
/// <remarks>
/// The same model must give the same bytes. A host writes one for a model of its own. Reading may trust checksums, not content: a file
/// may be well-formed and still made to harm. Safe for many threads.
/// </remarks>
/// <typeparam name="T">The model.</typeparam>
public interface IModelCodec<T>
    where T : class
{
    /// <summary>The kind, which stands in the file: one of <see cref="ModelKinds"/>, or a host's own.</summary>
    string Kind { get; }

    /// <summary>Which way of writing this is, from 1; a file of a later one is refused.</summary>
    int Revision { get; }

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">Gives the sections to write to.</param>
    void Write(T model, ModelFileBuilder file);

    /// <summary>Reads a model.</summary>
    /// <param name="file">The file; its kind is this one's and its checksums are right.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The content makes no model. An <see cref="ArgumentException"/> becomes one, too.</exception>
    T Read(ModelFile file);
}
