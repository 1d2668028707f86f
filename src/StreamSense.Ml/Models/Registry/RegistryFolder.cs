using System.Collections.Immutable;

namespace StreamSense.Ml.Models.Registry;

/// <summary>Where the files of a registry lie, and what is read of them.</summary>
/// <param name="root">The folder.</param>
/// <param name="maxModelBytes">How long a model file may be.</param>
internal sealed class RegistryFolder(string root, long maxModelBytes)
{
    private const string PointerFile = "promoted.json";

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>The folder of a name.</summary>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    public string Of(string name)
    {
        ModelName.Require(name, "name");
        return Path.Combine(Root, name);
    }

    /// <summary>The file of a version.</summary>
    /// <exception cref="ArgumentException">One of them cannot be a name.</exception>
    public string Of(string name, string version)
    {
        ModelName.Require(version, "version");
        return Path.Combine(Of(name), version + ModelFile.Extension);
    }

    /// <summary>The file that says which version of a name serves.</summary>
    public string PointerOf(string name) => Path.Combine(Of(name), PointerFile);

    /// <summary>The names of which there are models, in order.</summary>
    public ImmutableArray<string> Names() => !Directory.Exists(Root)
        ? []
        :
        [
            .. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!)
                .Where(ModelName.IsAllowed).Order(StringComparer.Ordinal),
        ];

    /// <summary>The versions of a name, the newest last.</summary>
    public ImmutableArray<string> Versions(string name) => !Directory.Exists(Of(name))
        ? []
        :
        [
            .. Directory.EnumerateFiles(Of(name), "*" + ModelFile.Extension)
                .Where(path => path.EndsWith(ModelFile.Extension, StringComparison.Ordinal))
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(ModelName.IsAllowed).Order(VersionOrder.Natural),
        ];

    /// <summary>What is to be said of a version; null if there is no such file.</summary>
    public RegisteredModel? Describe(string name, string version, PromotionState state)
    {
        string path = Of(name, version);
        bool isPromoted = string.Equals(version, state.Version, StringComparison.Ordinal);
        long bytes = 0;
        try
        {
            bytes = new FileInfo(path).Length;
            return new RegisteredModel(name, version, path, bytes, isPromoted, Require(ModelFile.LoadCard(path), name, version));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            return new RegisteredModel(name, version, path, bytes, isPromoted, Card: null, exception.Message);
        }
    }

    /// <summary>Reads the file of a version.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ModelFormatException">It is damaged, or of another model.</exception>
    public ModelFile Load(string name, string version)
    {
        ModelFile file = ModelFile.Load(Of(name, version), maxModelBytes);
        Require(file.Card, name, version);
        return file;
    }

    /// <summary>Deletes what is unfinished.</summary>
    /// <remarks>Only with the writer's turn: what is unfinished then has no writer any more.</remarks>
    public void Clean(string name)
    {
        foreach (string unfinished in Directory.EnumerateFiles(Of(name), "*" + WholeFile.Unfinished))
        {
            File.Delete(unfinished);
        }
    }

    private ModelCard Require(ModelCard card, string name, string version) =>
        string.Equals(card.Name, name, StringComparison.Ordinal) && string.Equals(card.Version, version, StringComparison.Ordinal)
            ? card
            : throw new ModelFormatException($"{Of(name, version)} holds {card}: it was renamed.");
}
