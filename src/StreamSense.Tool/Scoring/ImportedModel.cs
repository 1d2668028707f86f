using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Scoring;

/// <summary>A model of trees from another library.</summary>
/// <param name="Library">Whose it is.</param>
/// <param name="Ensemble">The trees.</param>
/// <param name="AbsentIsZero">Whether its library takes what an svmlight row does not name for 0.</param>
internal sealed record ImportedModel(string Library, TreeEnsemble Ensemble, bool AbsentIsZero)
{
    /// <summary>Reads a model; its content says whose it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The file cannot be read, or is no such model.</exception>
    public static ImportedModel Read(string path, CancellationToken cancellationToken)
    {
        using InputFile input = InputFile.Find(path);
        byte[] bytes = WholeInput.Read(input, cancellationToken);
        try
        {
            // Blanks, and the bytes of a byte order mark.
            ReadOnlySpan<byte> start = ((ReadOnlySpan<byte>)bytes).TrimStart((ReadOnlySpan<byte>)[32, 9, 13, 10, 0xEF, 0xBB, 0xBF]);
            return start is [(byte)'{' or (byte)'[', ..]
                ? new ImportedModel("XGBoost", XgboostModelReader.Read(bytes), AbsentIsZero: false)
                : new ImportedModel("LightGBM", LightGbmModelReader.Read(bytes), AbsentIsZero: true);
        }
        catch (ModelFormatException defect)
        {
            throw new InputException($"{path} is no model that can be read: {defect.Message}", defect);
        }
    }
}
