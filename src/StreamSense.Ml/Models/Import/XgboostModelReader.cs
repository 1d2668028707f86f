using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models.Import;

/// <summary>Reads the JSON models of XGBoost (1.x, 2.x and 3.x, <c>save_model("model.json")</c>).</summary>
/// <remarks>
/// Read are the boosters gbtree and dart (with its weights) and the objectives with one output: regression, ranking, logistic and its
/// raw form, Poisson, gamma, Tweedie and survival (exponential). All trees are scored, as XGBoost itself does when no iteration is named.
/// Sums have XGBoost's 32 bits; its links differ by what its 32-bit exponential rounds. Refused with a clear message: several classes or
/// targets, gblinear, hinge and objectives it does not know. A file has at most 1 GiB and is held in memory once, beside what it becomes.
/// </remarks>
public static class XgboostModelReader
{
    private const int MostFeatures = 1 << 20;

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The JSON; read to its end and left open.</param>
    /// <exception cref="ModelFormatException">It is no such model, or one that cannot be read; the message names the place.</exception>
    public static TreeEnsemble Read(Stream stream) => ReadOwned(ModelText.ReadToEnd(stream));

    /// <summary>Reads a model.</summary>
    /// <param name="json">The JSON, UTF-8.</param>
    /// <exception cref="ModelFormatException">It is no such model, or one that cannot be read; the message names the place.</exception>
    public static TreeEnsemble Read(ReadOnlySpan<byte> json) => ReadOwned(json.ToArray());

    private static TreeEnsemble ReadOwned(byte[] json)
    {
        if (json.AsSpan().StartsWith("{L"u8))
        {
            throw new ModelFormatException("The model is UBJSON, XGBoost's binary form: save it under a name that ends in .json.");
        }

        XgboostNumbers.MakeJson(json);
        var document = new XgboostDocument();
        document.Read(ModelText.WithoutMark(json));
        return ToEnsemble(document);
    }

    private static TreeEnsemble ToEnsemble(XgboostDocument document)
    {
        int features = Count(document, XgboostDocument.FeatureCount);
        if (features is < 1 or > MostFeatures)
        {
            throw new ModelFormatException($"A model has no {features} features.");
        }

        if (Count(document, XgboostDocument.ClassCount) > 1 || Count(document, XgboostDocument.TargetCount) > 1)
        {
            throw new ModelFormatException("A model of several classes or targets gives no single score.");
        }

        if (document.FeatureNames.Count > 0 && document.FeatureNames.Count != features)
        {
            throw new ModelFormatException($"There are {document.FeatureNames.Count} feature names and {features} features.");
        }

        bool isDart = string.Equals(document.Text(XgboostDocument.Booster), "dart", StringComparison.Ordinal);
        if (isDart && document.Weights.Count != document.Trees.Count)
        {
            throw new ModelFormatException($"There are {document.Trees.Count} trees and {document.Weights.Count} weights of them.");
        }

        var trees = ImmutableArray.CreateBuilder<DecisionTree>(document.Trees.Count);
        for (int i = 0; i < document.Trees.Count; i++)
        {
            trees.Add(document.Trees[i].ToTree(i, features, isDart ? (float)document.Weights[i] : 1));
        }

        (TreeLink link, double baseScore) = LinkOf(document);
        return new TreeEnsemble(
            document.FeatureNames.Count > 0
                ? [.. document.FeatureNames]
                : [.. Enumerable.Range(0, features).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i}"))],
            trees.MoveToImmutable()) { BaseScore = baseScore, Link = link };
    }

    // The file says the base score as an answer; the sum starts from what the link makes that answer of.
    private static (TreeLink Link, double BaseScore) LinkOf(XgboostDocument document)
    {
        float answer = BaseScoreOf(document);
        string objective = document.Text(XgboostDocument.Objective) ?? "reg:squarederror";
        (TreeLink link, float sum) = objective switch
        {
            "binary:logistic" or "reg:logistic" => (TreeLink.Logistic, -MathF.Log((1 / answer) - 1)),
            "count:poisson" or "reg:gamma" or "reg:tweedie" or "survival:cox" or "survival:aft" =>
                (TreeLink.Exponential, MathF.Log(answer)),
            "reg:squarederror" or "reg:squaredlogerror" or "reg:pseudohubererror" or "reg:absoluteerror" or "reg:quantileerror"
                or "reg:linear" or "binary:logitraw" or "rank:pairwise" or "rank:ndcg" or "rank:map" => (TreeLink.Identity, answer),
            _ => throw new ModelFormatException($"The objective {objective} cannot be read."),
        };
        return float.IsFinite(sum)
            ? (link, sum)
            : throw new ModelFormatException(
                string.Create(CultureInfo.InvariantCulture, $"The base score {answer} is none for the objective {objective}."));
    }

    private static float BaseScoreOf(XgboostDocument document)
    {
        // 3.x writes a list: [5E-1].
        string text = (document.Text(XgboostDocument.BaseScore) ?? "5E-1").Trim('[', ']', ' ');
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float score) && float.IsFinite(score)
            ? score
            : throw new ModelFormatException($"The base score '{text}' is no number.");
    }

    private static int Count(XgboostDocument document, string place)
    {
        string text = document.Text(place) ?? "0";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw new ModelFormatException($"{place}: '{text}' is no number.");
    }
}
