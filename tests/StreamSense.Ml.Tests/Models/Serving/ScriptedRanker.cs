using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Tests.Models.Serving;

/// <summary>A ranker that gives every candidate what a function says.</summary>
internal sealed class ScriptedRanker(Func<float> score, string version = "1") : IRanker
{
    public ModelInfo Info { get; } = new("home", version, ModelScene.Layout.Hash);

    public FeatureLayout Layout => ModelScene.Layout;

    public int ScratchBytes(int maxCandidates) => 0;

    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch) =>
        scores[..batch.Count].Fill(score());

    /// <summary>A codec by which such rankers get into files, each doing what its number says.</summary>
    public sealed class Codec : IModelCodec<string>
    {
        public string Kind => "scripted";

        public int Revision => 1;

        public void Write(string model, ModelFileBuilder file) => file.Section("script").WriteText(model);

        public string Read(ModelFile file) => file.Section("script").ReadText();
    }
}
