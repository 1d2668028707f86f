using System.Globalization;
using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>What is known beforehand of the columns of an svmlight file.</summary>
/// <param name="Layout">What they are; null to number them.</param>
/// <param name="FirstIndex">The index of the first; null to see from the file: 0 if it is used, else 1.</param>
internal sealed record FeatureColumns(FeatureLayout? Layout, int? FirstIndex)
{
    /// <summary>The tag by which a model file tells <see cref="FirstIndex"/>.</summary>
    public const string FirstIndexTag = "first-index";

    /// <summary>Reads the names of features: a line each, <c>name [scope [revision]]</c>.</summary>
    /// <param name="path">The file; null if there is none.</param>
    /// <exception cref="InputException">It cannot be used.</exception>
    public static FeatureColumns Load(string? path)
    {
        if (path is null)
        {
            return new FeatureColumns(null, null);
        }

        try
        {
            string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
            return new FeatureColumns(new FeatureLayout([.. lines.Select(line => FeatureOf(line, path))]), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"cannot use {path}: {exception.Message}", exception);
        }
    }

    /// <summary>The columns that a model was trained with.</summary>
    /// <param name="card">What is said of the model.</param>
    /// <exception cref="InputException">It does not say.</exception>
    public static FeatureColumns Of(ModelCard card)
    {
        FeatureLayout layout = card.Layout?.ToLayout()
            ?? throw new InputException($"{card} does not say which features it reads in which order");
        return int.TryParse(card.Tags.GetValueOrDefault(FirstIndexTag), NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            ? new FeatureColumns(layout, first)
            : new FeatureColumns(layout, null);
    }

    private static FeatureDefinition FeatureOf(string line, string path)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        FeatureScope scope = FeatureScope.Title;
        int revision = 1;
        bool fits = words.Length <= 3
            && (words.Length < 2 || (char.IsAsciiLetter(words[1][0]) && Enum.TryParse(words[1], ignoreCase: true, out scope)))
            && (words.Length < 3 || int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out revision));
        return fits
            ? new FeatureDefinition(words[0], scope, revision)
            : throw new InputException($"{path}: '{line}' is no feature; a line is NAME [SCOPE [REVISION]]");
    }
}
