using System.Collections.Immutable;
using System.Security.Cryptography;

namespace StreamSense.Ml.Models;

/// <summary>A model as a file: what is said of it, its parts, and checksums over every byte.</summary>
/// <remarks>
/// The same card and model give the same bytes, on any machine. Every byte is covered by a SHA-256: a file that was changed, cut off or
/// added to is refused by a <see cref="ModelFormatException"/> that names the place; the checksums show damage, and do not prove who made
/// the file. Reading needs about twice the memory of the file at most: its bytes and the model. Immutable, and safe for many threads.
/// </remarks>
public sealed class ModelFile
{
    /// <summary>How long a file may be unless something else is said: 4 GiB.</summary>
    public const long DefaultMaxBytes = 4L << 30;

    /// <summary>How the names of model files end.</summary>
    public const string Extension = ".ssmodel";

    private const string CardName = "card";
    private const string BuiltSource = "the model";

    private readonly ImmutableArray<(string Name, ReadOnlyMemory<byte> Bytes)> _sections;
    private readonly string _source;

    private ModelFile(ModelCard card, ImmutableArray<(string Name, ReadOnlyMemory<byte> Bytes)> sections, string source)
    {
        Card = card;
        _sections = sections;
        _source = source;
    }

    /// <summary>What is said of the model.</summary>
    public ModelCard Card { get; }

    /// <summary>Makes the file of a model.</summary>
    /// <param name="card">What to say of it.</param>
    /// <param name="model">The model.</param>
    /// <param name="codec">How to write it: one of <see cref="ModelCodecs"/>, or a host's own.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>The file, in memory.</returns>
    /// <exception cref="ArgumentException">The card has a name that cannot be one, or a metric that is not finite.</exception>
    public static ModelFile Create<T>(ModelCard card, T model, IModelCodec<T> codec)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(codec);
        card.Validate();
        card = card with { Kind = codec.Kind, KindRevision = codec.Revision };
        var builder = new ModelFileBuilder();
        CardSection.Write(card, builder.Section(CardName));
        codec.Write(model, builder);
        return new ModelFile(card, [.. builder.Written()], BuiltSource);
    }

    /// <summary>Reads a file from disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <returns>The file; all its checksums are right.</returns>
    /// <exception cref="ModelFormatException">It is no model file, damaged, too long, or made by a newer version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelFile Load(string path, long maxBytes = DefaultMaxBytes)
    {
        using FileStream stream = Open(path);
        return Read(stream, path, maxBytes);
    }

    /// <summary>Reads a file from a stream.</summary>
    /// <param name="stream">The stream; read to the end of the model, and not closed.</param>
    /// <param name="source">What the stream is called in messages.</param>
    /// <param name="maxBytes">How long the model may be.</param>
    /// <returns>The file; all its checksums are right.</returns>
    /// <exception cref="ModelFormatException">It is no model file, damaged, too long, or made by a newer version.</exception>
    public static ModelFile Read(Stream stream, string source, long maxBytes = DefaultMaxBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        var bytes = new FileBytes(stream, source);
        FileHeader header = bytes.ReadHead(maxBytes, out byte[] checksum);
        ImmutableArray<(string Name, ReadOnlyMemory<byte> Bytes)>.Builder sections =
            ImmutableArray.CreateBuilder<(string Name, ReadOnlyMemory<byte> Bytes)>(header.Sections.Length);
        foreach (FileHeader.Entry section in header.Sections)
        {
            sections.Add((section.Name, bytes.ReadSection(section)));
        }

        bytes.ReadEnd(header, checksum);
        ReadOnlyMemory<byte> card = Find(sections, CardName, source);
        return new ModelFile(CardSection.Read(new ModelSectionReader(Place(source, CardName), card)), sections.ToImmutable(), source);
    }

    /// <summary>Reads what a file says of its model, without the model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The card; its checksum is right, and the file has the length it says. The model itself was not looked at.</returns>
    /// <exception cref="ModelFormatException">It is no model file, its card is damaged, or it was cut off or made by a newer version.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelCard LoadCard(string path)
    {
        using FileStream stream = Open(path);
        var bytes = new FileBytes(stream, path);
        FileHeader header = bytes.ReadHead(long.MaxValue, out byte[] checksum);
        foreach (FileHeader.Entry section in header.Sections)
        {
            if (string.Equals(section.Name, CardName, StringComparison.Ordinal))
            {
                stream.Position = section.Offset;
                byte[] card = bytes.ReadSection(section);
                stream.Position = header.TotalBytes - FileHeader.ChecksumBytes;
                bytes.ReadEnd(header, checksum);
                return CardSection.Read(new ModelSectionReader(Place(path, CardName), card));
            }
        }

        throw new ModelFormatException($"{path} has no section '{CardName}'.");
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; not closed.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = FileHeader.Write(_sections);
        stream.Write(head);
        foreach ((_, ReadOnlyMemory<byte> bytes) in _sections)
        {
            stream.Write(bytes.Span);
        }

        stream.Write(SHA256.HashData(head));
    }

    /// <summary>Writes the file to disk, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <remarks>
    /// It is written beside the path under a name that ends in <c>.tmp</c>, flushed to the device and then renamed: somebody who opens the
    /// path sees the old file or the new one, also after a power failure. What an interrupted call leaves behind is written over by the
    /// next one.
    /// </remarks>
    /// <exception cref="IOException">It cannot be written, flushed or renamed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Write);
    }

    /// <summary>Whether the file has a section.</summary>
    /// <param name="name">The section's name.</param>
    public bool Has(string name) =>
        _sections.Any(section => string.Equals(section.Name, name, StringComparison.Ordinal));

    /// <summary>Begins to read a section.</summary>
    /// <param name="name">The section's name.</param>
    /// <returns>Reads it from its beginning.</returns>
    /// <exception cref="ModelFormatException">There is no such section.</exception>
    public ModelSectionReader Section(string name) => new(Place(_source, name), Find(_sections, name, _source));

    /// <summary>Reads the model.</summary>
    /// <param name="codec">How it is read; of the file's kind.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">It is of another kind or a newer revision, or its content makes no model.</exception>
    public T Decode<T>(IModelCodec<T> codec)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (!string.Equals(Card.Kind, codec.Kind, StringComparison.Ordinal))
        {
            throw new ModelFormatException($"{_source} holds a model of the kind '{Card.Kind}', not '{codec.Kind}'.");
        }

        if (Card.KindRevision < 1 || Card.KindRevision > codec.Revision)
        {
            throw new ModelFormatException(
                $"{_source} was made by a newer version: its way of writing '{Card.Kind}' is {Card.KindRevision}, "
                + $"this one reads up to {codec.Revision}.");
        }

        try
        {
            return codec.Read(this);
        }
        catch (ArgumentException exception)
        {
            throw new ModelFormatException($"{_source} holds no model of the kind '{Card.Kind}': {exception.Message}", exception);
        }
    }

    private static string Place(string source, string section) => $"{source}, section '{section}'";

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static ReadOnlyMemory<byte> Find(
        IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> sections, string name, string source)
    {
        foreach ((string there, ReadOnlyMemory<byte> bytes) in sections)
        {
            if (string.Equals(there, name, StringComparison.Ordinal))
            {
                return bytes;
            }
        }

        throw new ModelFormatException($"{source} has no section '{name}'.");
    }
}
