using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Models.Registry;

/// <summary>A folder of model files, with the version of each name that serves.</summary>
/// <remarks>
/// <para>
/// Each name is a folder; in it each version a file <c>VERSION.ssmodel</c>, and <c>promoted.json</c>, which says which version serves
/// and which did before. All files are written beside and renamed: any number of processes read while one writes, and a writer that dies
/// leaves at most a file ending in <c>.tmp</c>, which nobody reads and the next writer deletes.
/// </para>
/// <para>
/// Writers take turns by a lock on a file, over processes; readers take none. All members may be used by many threads. Version files
/// are never changed: a version is added once.
/// </para>
/// </remarks>
public sealed class ModelRegistry
{
    private const int ReadAttempts = 3;

    private readonly ModelRegistryOptions _options;
    private readonly RegistryFolder _files;
    private readonly TimeProvider _time;

    /// <summary>Opens a registry.</summary>
    /// <param name="folder">The folder; made when the first model is added.</param>
    /// <param name="options">How much it keeps; null for the defaults.</param>
    /// <param name="time">Tells when a promotion was; null for the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ModelRegistry(string folder, ModelRegistryOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _options = options ?? new ModelRegistryOptions();
        _options.Validate();
        _time = time ?? TimeProvider.System;
        _files = new RegistryFolder(Path.GetFullPath(folder), _options.MaxModelBytes);
    }

    /// <summary>The folder.</summary>
    public string Folder => _files.Root;

    /// <summary>The names of which there are models, in order.</summary>
    /// <returns>The names; none if there is no such folder.</returns>
    public ImmutableArray<string> Names() => _files.Names();

    /// <summary>The models of a name with what their files say, the newest version last.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The models; one that cannot be read is there with its problem.</returns>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    public ImmutableArray<RegisteredModel> List(string name)
    {
        PromotionState state = StateOf(name);
        return [.. _files.Versions(name).Select(version => _files.Describe(name, version, state)).OfType<RegisteredModel>()];
    }

    /// <summary>Looks for a version.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version; null for the one that serves.</param>
    /// <returns>The model; null if there is none, or none serves.</returns>
    /// <exception cref="ArgumentException">One of them cannot be a name.</exception>
    public RegisteredModel? Find(string name, string? version = null)
    {
        PromotionState state = StateOf(name);
        return (version ?? state.Version) is { } wanted ? _files.Describe(name, wanted, state) : null;
    }

    /// <summary>Which version of a name serves, and which did before.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The state; <see cref="PromotionState.None"/> if nothing was promoted.</returns>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    /// <exception cref="ModelFormatException">The file that says it is damaged.</exception>
    public PromotionState StateOf(string name) => PromotionFile.Read(_files.PointerOf(name));

    /// <summary>The whole number after the greatest that is a version of a name; what a new version may be called.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The number as text; <c>1</c> for the first.</returns>
    /// <exception cref="ArgumentException">It cannot be a name.</exception>
    public string NextVersion(string name)
    {
        long greatest = 0;
        foreach (string version in _files.Versions(name))
        {
            if (long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                greatest = Math.Max(greatest, number);
            }
        }

        return (greatest + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Adds a model under the name and version of its card, without letting it serve.</summary>
    /// <param name="file">The model.</param>
    /// <returns>The model as it is registered.</returns>
    /// <remarks>Afterwards the oldest versions beyond <see cref="ModelRegistryOptions.KeepVersions"/> are deleted.</remarks>
    /// <exception cref="ModelRegistryException">The version is there already, or another process writes for too long.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public RegisteredModel Add(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ModelCard card = file.Card;
        string path = _files.Of(card.Name, card.Version);
        Directory.CreateDirectory(_files.Of(card.Name));
        using var turn = WriterLock.Take(Folder, _options.WriterWait, _time);
        if (File.Exists(path))
        {
            throw new ModelRegistryException($"There is {card} in the registry {Folder} already; a version is added once.");
        }

        _files.Clean(card.Name);
        file.Save(path);
        PromotionState state = StateOf(card.Name);
        Retire(card.Name, card.Version, state);
        return _files.Describe(card.Name, card.Version, state)!;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version; null for the one that serves.</param>
    /// <returns>The file; its checksums are right.</returns>
    /// <exception cref="ModelRegistryException">There is no such version, or none serves.</exception>
    /// <exception cref="ModelFormatException">It is damaged, or made by a newer version.</exception>
    public ModelFile Load(string name, string? version = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            string wanted = version ?? StateOf(name).Version ?? throw NothingServes(name);
            try
            {
                return _files.Load(name, wanted);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // Between the two reads another version may have been promoted and this one deleted.
                if (version is not null || attempt == ReadAttempts)
                {
                    throw NoSuchVersion(name, wanted, exception);
                }
            }
        }
    }

    /// <summary>Lets a version serve.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version.</param>
    /// <param name="layout">The layout of the hosts that serve the name; null to compare with the version that serves.</param>
    /// <param name="allowOtherLayout">Whether the model may read other features than <paramref name="layout"/> says.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelRegistryException">There is no such version, or another process writes for too long.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, or its content makes no model of its kind.</exception>
    /// <exception cref="ModelMismatchException">The model reads other features.</exception>
    public RegisteredModel Promote(string name, string version, FeatureLayout? layout = null, bool allowOtherLayout = false)
    {
        ModelName.Require(version, "version");
        RequireName(name);
        using var turn = WriterLock.Take(Folder, _options.WriterWait, _time);
        PromotionState state = StateOf(name);
        ModelCard card = LoadWhole(name, version);
        if (!allowOtherLayout)
        {
            RequireLayout(card, layout, state);
        }

        return Save(name, state.Promoted(new Promotion(version, Now(), IsRollback: false), _options.KeepHistory));
    }

    /// <summary>Lets the version serve that did before; one that is gone or damaged is passed over for the one before it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="layout">The layout of the hosts that serve the name; null to let it serve whatever it reads.</param>
    /// <returns>The model that serves now.</returns>
    /// <exception cref="ModelRegistryException">No version served before that can be read.</exception>
    /// <exception cref="ModelMismatchException">The model reads other features than <paramref name="layout"/>.</exception>
    public RegisteredModel Rollback(string name, FeatureLayout? layout = null)
    {
        RequireName(name);
        using var turn = WriterLock.Take(Folder, _options.WriterWait, _time);
        PromotionState state = StateOf(name);
        string problem = "no version served before";
        foreach (string version in state.Previous)
        {
            try
            {
                ModelCard card = LoadWhole(name, version);
                if (layout is not null)
                {
                    RequireLayout(card, layout, state);
                }

                return Save(name, state.RolledBack(new Promotion(version, Now(), IsRollback: true), _options.KeepHistory));
            }
            catch (Exception exception) when (exception is ModelFormatException or ModelRegistryException or IOException)
            {
                problem = exception.Message;
            }
        }

        throw new ModelRegistryException($"{name} cannot be rolled back from {state.Version ?? "nothing"}: {problem}.");
    }

    private static ModelRegistryException NothingServes(string name) =>
        new($"No version of {name} was promoted; say which one is meant.");

    private EventTime Now() => EventTime.From(_time.GetUtcNow());

    private ModelRegistryException NoSuchVersion(string name, string version, Exception inner) =>
        new($"There is no {name}@{version} in the registry {Folder}.", inner);

    private void RequireName(string name)
    {
        if (!Directory.Exists(_files.Of(name)))
        {
            throw new ModelRegistryException($"There is no model {name} in the registry {Folder}.");
        }
    }

    private ModelCard LoadWhole(string name, string version)
    {
        try
        {
            ModelFile file = _files.Load(name, version);
            ModelCodecs.Decode(file);
            return file.Card;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoSuchVersion(name, version, exception);
        }
    }

    private void RequireLayout(ModelCard card, FeatureLayout? layout, PromotionState state)
    {
        if (card.Layout is not { } own)
        {
            return;
        }

        ModelLayout? served = layout is not null ? ModelLayout.Of(layout) : ServingLayout(card.Name, state);
        if (served is not null && own.DifferenceTo(served) is { } difference)
        {
            throw new ModelMismatchException($"{card} reads other features than those that are served: {difference}.", difference);
        }
    }

    // If what serves cannot be read, a model that can is only better.
    private ModelLayout? ServingLayout(string name, PromotionState state) =>
        state.Version is { } version ? _files.Describe(name, version, state)?.Card?.Layout : null;

    private RegisteredModel Save(string name, PromotionState state)
    {
        _files.Clean(name);
        PromotionFile.Write(_files.PointerOf(name), state);
        return _files.Describe(name, state.Version!, state)!;
    }

    private void Retire(string name, string added, PromotionState state)
    {
        string? before = state.Previous.IsEmpty ? null : state.Previous[0];
        IEnumerable<RegisteredModel> newestFirst = List(name)
            .OrderByDescending(model => model.Card?.TrainedAt ?? EventTime.Earliest)
            .ThenByDescending(model => model.Version, VersionOrder.Natural);
        foreach (RegisteredModel model in newestFirst.Skip(_options.KeepVersions))
        {
            bool isKept = model.IsPromoted || string.Equals(model.Version, added, StringComparison.Ordinal)
                || string.Equals(model.Version, before, StringComparison.Ordinal);
            if (!isKept)
            {
                File.Delete(model.Path);
            }
        }
    }
}
