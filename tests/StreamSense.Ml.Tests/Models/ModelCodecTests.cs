using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Models;

public sealed class ModelCodecTests
{
    [Fact]
    public void Linear_RoundTrip_IsTheModel()
    {
        LinearModel written = ModelScene.Linear(layout: ModelScene.Layout);
        LinearModel read = RoundTrip(written, ModelCodecs.Linear);

        Assert.Equal(written.Weights.AsEnumerable(), read.Weights);
        Assert.Equal((written.Name, written.Version), (read.Name, read.Version));
        Assert.Equal((written.Bias, written.LayoutHash), (read.Bias, read.LayoutHash));
        Assert.Null(RoundTrip(ModelScene.Linear(), ModelCodecs.Linear).LayoutHash);
    }

    [Fact]
    public void Linear_AnyNumbers_RoundTripsBitForBit() => Prop.ForAll<NormalFloat[], bool>((numbers, hasLayout) =>
    {
        LinearModel written = new(
            "home",
            "1",
            [.. numbers.Select((number, i) => new FeatureWeight($"f{i}", Finite(number), -Finite(number)))],
            numbers.Length > 0 ? Finite(numbers[0]) : -0f,
            hasLayout ? 3 : null);
        LinearModel read = RoundTrip(written, ModelCodecs.Linear);
        return written.Weights.SequenceEqual(read.Weights) && written.Bias.Equals(read.Bias) && written.LayoutHash == read.LayoutHash;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Trees_AnyEnsemble_RoundTripsBitForBit() => Prop.ForAll<int>(seed =>
    {
        TreeEnsemble written = ModelScene.Trees(seed);
        TreeEnsemble read = RoundTrip(written, ModelCodecs.Trees);
        return written.FeatureNames.SequenceEqual(read.FeatureNames)
            && (written.BaseScore, written.LinkScale) == (read.BaseScore, read.LinkScale)
            && (written.Link, written.Arithmetic) == (read.Link, read.Arithmetic)
            && written.Trees.Length == read.Trees.Length
            && written.Trees.Zip(read.Trees).All(pair => AreEqual(pair.First, pair.Second));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ItemFactors_AnyFactors_RoundTripBitForBit() => Prop.ForAll<int>(seed =>
    {
        ItemFactors written = ModelScene.Factors(seed);
        ItemFactors read = RoundTrip(written, ModelCodecs.ItemFactors);
        return written.Titles.SequenceEqual(read.Titles) && written.Dimensions == read.Dimensions && AreEqual(written.Values, read.Values);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ItemNeighbours_AnyLists_RoundTripBitForBit() => Prop.ForAll<int>(seed =>
    {
        ItemNeighbours written = ModelScene.Neighbours(seed);
        ItemNeighbours read = RoundTrip(written, ModelCodecs.ItemNeighbours);
        return written.Titles.SequenceEqual(read.Titles) && written.Starts.SequenceEqual(read.Starts)
            && written.Neighbours.SequenceEqual(read.Neighbours) && AreEqual(written.Weights, read.Weights);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Calibrator_BothShapes_RoundTripBitForBit()
    {
        var platt = (PlattCalibrator)RoundTrip<ICalibrator>(new PlattCalibrator(1.5, -0.1), ModelCodecs.Calibrator);
        var isotonic = (IsotonicCalibrator)RoundTrip<ICalibrator>(
            new IsotonicCalibrator([-1.5, 0, 3], [0.1, 0.1, 0.9]), ModelCodecs.Calibrator);

        Assert.Equal((1.5, -0.1), (platt.Slope, platt.Intercept));
        Assert.Equal([-1.5, 0, 3], isotonic.Scores.AsEnumerable());
        Assert.Equal([0.1, 0.1, 0.9], isotonic.Probabilities.AsEnumerable());
        Assert.Throws<ArgumentException>(() => ModelFile.Create(ModelScene.Card(), new OwnCalibrator(), ModelCodecs.Calibrator));
    }

    [Fact]
    public void Rfm_RoundTrip_GivesEverybodyTheSameScore()
    {
        RfmModel written = ModelScene.Rfm();
        RfmModel read = RoundTrip(written, ModelCodecs.Rfm);

        foreach (double value in (double[])[-1, 0, 3.5, 20, 39, 40, 1e9])
        {
            var point = new RfmPoint(new ViewerId(1), value, value, value);
            Assert.Equal(written.Score(point), read.Score(point));
        }
    }

    [Fact]
    public void KMeans_RoundTrip_GivesEverybodyTheSameCluster()
    {
        KMeansModel written = ModelScene.KMeans();
        KMeansModel read = RoundTrip(written, ModelCodecs.KMeans);

        Assert.Equal((written.Columns, written.Inertia, written.Iterations), (read.Columns, read.Inertia, read.Iterations));
        Assert.Equal(written.Sizes.AsEnumerable(), read.Sizes);
        var random = new Random(2);
        for (int i = 0; i < 100; i++)
        {
            float[] row = [random.NextSingle() * 12, i % 9 == 0 ? float.NaN : random.NextSingle() * 12];
            Assert.Equal(written.Assign(row), read.Assign(row));
        }

        Assert.Equal(written.CentreOf(2), read.CentreOf(2));
    }

    [Fact]
    public void Decode_ContentThatMakesNoModel_IsAFormatError()
    {
        // Well-formed to the checksum, and yet no model: two neighbours that are no titles.
        ModelFile neighbours = ModelFile.Create(ModelScene.Card(), "", new WrongNeighbours());
        ModelFile trees = ModelFile.Create(ModelScene.Card(), "", new WrongTrees());

        Assert.Throws<ModelFormatException>(() => neighbours.Decode(ModelCodecs.ItemNeighbours));
        Assert.Throws<ModelFormatException>(() => trees.Decode(ModelCodecs.Trees));
        Assert.Throws<ModelFormatException>(() => ModelCodecs.Decode(trees));
    }

    [Fact]
    public void Decode_AnyKind_GivesItsModel()
    {
        Assert.IsType<LinearModel>(ModelCodecs.Decode(ModelScene.LinearFile()));
        Assert.IsType<TreeEnsemble>(ModelCodecs.Decode(ModelFile.Create(ModelScene.Card(), ModelScene.Trees(1), ModelCodecs.Trees)));
        Assert.IsType<ItemFactors>(
            ModelCodecs.Decode(ModelFile.Create(ModelScene.Card(), ModelScene.Factors(1), ModelCodecs.ItemFactors)));
        Assert.IsType<RfmModel>(ModelCodecs.Decode(ModelFile.Create(ModelScene.Card(), ModelScene.Rfm(), ModelCodecs.Rfm)));
        Assert.IsType<KMeansModel>(ModelCodecs.Decode(ModelFile.Create(ModelScene.Card(), ModelScene.KMeans(), ModelCodecs.KMeans)));
        Assert.IsType<ItemNeighbours>(
            ModelCodecs.Decode(ModelFile.Create(ModelScene.Card(), ModelScene.Neighbours(1), ModelCodecs.ItemNeighbours)));
    }

    private static T RoundTrip<T>(T model, IModelCodec<T> codec)
        where T : class
    {
        byte[] bytes = ModelScene.Bytes(ModelFile.Create(ModelScene.Card(), model, codec));
        T read = ModelScene.Read(bytes).Decode(codec);
        Assert.Equal(bytes, ModelScene.Bytes(ModelFile.Create(ModelScene.Card(), read, codec)));
        return read;
    }

    private static float Finite(NormalFloat number) => Math.Clamp((float)number.Get, float.MinValue, float.MaxValue);

    private static bool AreEqual(DecisionTree left, DecisionTree right) =>
        left.Splits.SequenceEqual(right.Splits) && left.Leaves.SequenceEqual(right.Leaves)
        && left.LeafCovers.SequenceEqual(right.LeafCovers) && left.Categories.Length == right.Categories.Length
        && left.Categories.Zip(right.Categories).All(pair => pair.First.Bits.SequenceEqual(pair.Second.Bits));

    private static bool AreEqual(IEnumerable<float> left, IEnumerable<float> right) =>
        left.Select(BitConverter.SingleToInt32Bits).SequenceEqual(right.Select(BitConverter.SingleToInt32Bits));

    private sealed class OwnCalibrator : ICalibrator
    {
        public double Calibrate(double score) => 0.5;
    }

    private sealed class WrongNeighbours : IModelCodec<string>
    {
        public string Kind => ModelKinds.ItemNeighbours;

        public int Revision => 1;

        public void Write(string model, ModelFileBuilder file)
        {
            ModelSectionWriter titles = file.Section("titles");
            titles.WriteInt32(1);
            titles.WriteTitles([new TitleId(1)]);
            ModelSectionWriter neighbours = file.Section("neighbours");
            neighbours.WriteInt32s([0, 1]);
            neighbours.WriteInt32s([5]);
            neighbours.WriteSingles([1f]);
        }

        public string Read(ModelFile file) => throw new NotSupportedException();
    }

    private sealed class WrongTrees : IModelCodec<string>
    {
        public string Kind => ModelKinds.Trees;

        public int Revision => 1;

        public void Write(string model, ModelFileBuilder file)
        {
            ModelSectionWriter ensemble = file.Section("ensemble");
            ensemble.WriteDoubles([0, 1]);
            ensemble.WriteByte(0);
            ensemble.WriteByte(0);
            ensemble.WriteInt32(0);

            // One split that is its own child.
            ModelSectionWriter trees = file.Section("trees");
            trees.WriteInt32s([1, 1, 0, 0]);
            trees.WriteSingle(0);
            trees.WriteInt32s([0, 0, -1]);
            trees.WriteByte(0);
            trees.WriteDoubles([0, 0]);
            trees.WriteBoolean(false);
        }

        public string Read(ModelFile file) => throw new NotSupportedException();
    }
}
