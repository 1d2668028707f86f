using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>A file of ratings or plays, with the names of its titles.</summary>
internal sealed class RatingSet
{
    private readonly RatingReader _reader;

    private RatingSet(RatingReader reader, RatingFile file)
    {
        _reader = reader;
        File = file;
        Matrix = RatingData.Of(file, new RatingFile(""), reader.Ids, reader.NameOf).Train;
        int[] places = reader.Ids.ItemOrder(reader.NameOf);
        var titles = new string[places.Length];
        for (int item = 0; item < titles.Length; item++)
        {
            titles[places[item]] = reader.NameOf(reader.Ids.ItemNames[item]);
        }

        Titles = [.. titles];
    }

    /// <summary>What the file held.</summary>
    public RatingFile File { get; }

    /// <summary>Its users and items.</summary>
    public InteractionMatrix Matrix { get; }

    /// <summary>The catalogue id of each item.</summary>
    public ImmutableArray<string> Titles { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapFile">How it is read; null to see for itself.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It cannot be read, or has no row that can be used.</exception>
    public static RatingSet Read(string path, string? mapFile, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        var reader = new RatingReader(
            RatingMap.Load(mapFile), total => progress?.Begin(total), bytes => progress?.Read(bytes), cancellationToken);
        return new RatingSet(reader, reader.Read(path));
    }

    /// <summary>The number of a user, given the id that the file has; -1 if no row names the user.</summary>
    public int UserOf(string id) => _reader.UserOf(id);

    /// <summary>The interactions, user after user.</summary>
    public Interaction[] ToInteractions()
    {
        var interactions = new Interaction[Matrix.Count];
        int count = 0;
        for (int user = 0; user < Matrix.Users; user++)
        {
            ReadOnlySpan<int> items = Matrix.ItemsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                interactions[count++] = new Interaction(
                    user, items[i], Matrix.ValuesOf(user)[i], new EventTime(Matrix.TimesOf(user)[i]));
            }
        }

        return interactions;
    }

    /// <summary>What is to be said of rows that could not be used.</summary>
    public IReadOnlyList<string> Notes()
    {
        if (File.Rejected.Count == 0)
        {
            return [];
        }

        string reasons = string.Join(
            ", ", File.Rejected.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}")));
        return [$"{File.Name}: left out {reasons}", .. File.Notes];
    }
}
