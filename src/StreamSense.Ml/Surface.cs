using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>A place where titles are shown: where they come from and what orders them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Hash">A hash of the name, the same in every process of the host.</param>
/// <param name="Symbol">The name as a symbol of <see cref="Vocabulary.Surfaces"/>.</param>
/// <param name="Model">The ranker's model as a symbol of <see cref="Vocabulary.Terms"/>.</param>
/// <param name="Ranker">The ranker.</param>
/// <param name="Sources">The sources, in the order in which they are asked.</param>
internal sealed record Surface(string Name, ulong Hash, Symbol Symbol, Symbol Model, IRanker Ranker, ICandidateSource[] Sources);
