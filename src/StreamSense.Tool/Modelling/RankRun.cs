using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>One run of <c>rank</c>: loads a model and puts titles, or rows, in its order.</summary>
internal static class RankRun
{
    /// <summary>Ranks.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model or a file cannot be used, or they do not go together.</exception>
    public static RankReport Run(RankOptions options, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        ModelRegistry registry = RegistryAccess.Open(options.Registry);
        (string name, string? version) = RegistryAccess.Split(options.Model);
        RegisteredModel model = RegistryAccess.Find(registry, name, version);
        ModelFile file = RegistryAccess.Do(() => registry.Load(name, model.Version));
        return RegistryAccess.Do(() => ModelCodecs.Decode(file)) switch
        {
            TitleModel titles => TitleRanking.Run(titles, file.Card, options, progress, cancellationToken),
            Ml.Ranking.LinearModel or Ml.Ranking.Trees.TreeEnsemble => RowRanking.Run(file, options, cancellationToken),
            _ => throw new InputException($"{file.Card} is of the kind '{file.Card.Kind}', by which nothing can be ranked"),
        };
    }
}
