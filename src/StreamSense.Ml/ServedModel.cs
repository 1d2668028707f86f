using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>The model that scored a request, with its name as decisions carry it.</summary>
/// <param name="Ranker">The ranker.</param>
/// <param name="Info">Which model it is.</param>
/// <param name="Symbol">Its name and version as a symbol of <see cref="Vocabulary.Terms"/>.</param>
internal sealed record ServedModel(IRanker Ranker, ModelInfo Info, Symbol Symbol);
