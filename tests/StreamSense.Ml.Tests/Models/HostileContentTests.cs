using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Models;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Models;

/// <summary>Files whose checksums are right and whose content was made to harm.</summary>
public sealed class HostileContentTests
{
    private static readonly ModelFile[] Files =
    [
        ModelScene.LinearFile(),
        ModelFile.Create(ModelScene.Card(), ModelScene.Trees(5), ModelCodecs.Trees),
        ModelFile.Create(ModelScene.Card(), ModelScene.Factors(3), ModelCodecs.ItemFactors),
        ModelFile.Create(ModelScene.Card(), ModelScene.Neighbours(3), ModelCodecs.ItemNeighbours),
        ModelFile.Create<ICalibrator>(ModelScene.Card(), new IsotonicCalibrator([1, 2], [0, 1]), ModelCodecs.Calibrator),
        ModelFile.Create(ModelScene.Card(), ModelScene.Rfm(), ModelCodecs.Rfm),
        ModelFile.Create(ModelScene.Card(), ModelScene.KMeans(), ModelCodecs.KMeans),
        Collaborative(new PopularityModel(ModelKinds.Popularity, [1, 2, 3])),
        Collaborative(new ItemKnnModel([0, 1, 2, 2], [1, 0], [1, 1], [1, 1, 1])),
        Collaborative(new EaseModel(1, [0, 2], [1, 2, 3, 4], (ReadOnlySpan<float>)[1, 1, 1])),
        Collaborative(new IalsModel(new IalsShape(2, 0.1, 0.1, 1), [1, 2], [1, 2, 3, 4, 5, 6], [1, 1, 1])),
        Collaborative(new BprModel(2, [1, 2], [1, 2, 3, 4, 5, 6], [1, 2, 3], [1, 1, 1])),
        Collaborative(new BiasedMfModel(new RatingRange(3, 1, 5), 1, [1, 2], [1, 2, 3], [1, 2], [1, 2, 3])),
    ];

    [Fact]
    public void Decode_AnyChangeWithRightChecksums_GivesAModelOrAFormatError() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        ModelFile file = Files[random.Next(Files.Length)];
        ModelFile changed = ModelFile.Create(ModelScene.Card(), file, new Changing(file.Card.Kind, random));
        try
        {
            ModelCodecs.Decode(changed);
        }
        catch (ModelFormatException)
        {
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Read_AnyCardWithRightChecksums_GivesACardOrAFormatError() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var writer = new ModelSectionWriter();
        CardSection.Write(ModelScene.Card(layout: ModelScene.Layout) with { Kind = "linear" }, writer);
        byte[] card = Changed(writer.Written.ToArray(), random);
        try
        {
            ModelCard read = CardSection.Read(new ModelSectionReader("the card", card));
            Assert.NotEqual("", $"{read.TrainedAt} {read.Data?.From} {read.Data?.To} {read.Layout?.ToLayout()?.Hash}");
        }
        catch (ModelFormatException)
        {
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static ModelFile Collaborative(IInteractionModel model) =>
        ModelFile.Create(ModelScene.Card(), new TitleModel(model, ["a", "b", "c"]), ModelCodecs.Collaborative(model.Name));

    // A few bytes become others, of the kind that counts and lengths are made of; or the end is cut off, or grows.
    private static byte[] Changed(byte[] bytes, Random random)
    {
        ReadOnlySpan<byte> values = [0, 1, 2, 3, 0x7F, 0x80, 0xFE, 0xFF];
        for (int i = random.Next(4); i >= 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = values[random.Next(values.Length)];
        }

        return random.Next(8) switch
        {
            0 => bytes[..random.Next(bytes.Length + 1)],
            1 => [.. bytes, .. new byte[random.Next(20)]],
            _ => bytes,
        };
    }

    private sealed class Changing(string kind, Random random) : IModelCodec<ModelFile>
    {
        private static readonly string[] Names = ["weights", "ensemble", "trees", "titles", "factors", "neighbours", "calibrator", "model"];

        public string Kind => kind;

        public int Revision => 1;

        public void Write(ModelFile model, ModelFileBuilder file)
        {
            foreach (string name in Names.Where(model.Has))
            {
                ModelSectionReader from = model.Section(name);
                byte[] bytes = new byte[from.Remaining];
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = from.ReadByte();
                }

                ModelSectionWriter to = file.Section(name);
                foreach (byte octet in Changed(bytes, random))
                {
                    to.WriteByte(octet);
                }
            }
        }

        public ModelFile Read(ModelFile file) => throw new NotSupportedException();
    }
}
