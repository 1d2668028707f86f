using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using StreamSense.Contracts;
using StreamSense.Ml.Models;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_GivesTheCard()
    {
        ModelCard written = ModelScene.Card(layout: ModelScene.Layout);
        ModelCard read = ModelScene.Read(ModelScene.Bytes(ModelScene.LinearFile())).Card;

        Assert.Equal(ModelKinds.Linear, read.Kind);
        Assert.Equal(1, read.KindRevision);
        Assert.Equal((written.Name, written.Version), (read.Name, read.Version));
        Assert.Equal((written.TrainedAt, written.Seed), (read.TrainedAt, read.Seed));
        Assert.Equal(written.Data, read.Data);
        Assert.Equal(written.Options, read.Options);
        Assert.Equal(written.Metrics, read.Metrics);
        Assert.Equal(written.Tags, read.Tags);
        Assert.Equal(written.Layout!.Features.AsEnumerable(), read.Layout!.Features);
        Assert.Equal(ModelScene.Layout.Hash, read.Layout.Hash);
    }

    [Fact]
    public void Read_ABareCard_GivesWhatIsNotThereAsNull()
    {
        var card = new ModelCard { Name = "home", Version = "1" };
        ModelCard read = ModelScene.Read(ModelScene.Bytes(ModelFile.Create(card, ModelScene.Linear(), ModelCodecs.Linear))).Card;

        Assert.Null(read.TrainedAt);
        Assert.Null(read.Seed);
        Assert.Null(read.Layout);
        Assert.Null(read.Data);
        Assert.Empty(read.Metrics);
        Assert.Empty(read.Tags);
    }

    [Fact]
    public void Write_TheSameModel_GivesTheSameBytes()
    {
        byte[] first = ModelScene.Bytes(ModelScene.LinearFile());

        Assert.Equal(first, ModelScene.Bytes(ModelScene.LinearFile()));
        Assert.Equal(first, ModelScene.Bytes(ModelScene.Read(first)));
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefusedWithTheFileNamed()
    {
        byte[] bytes = ModelScene.Bytes(ModelScene.LinearFile());
        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte change in (byte[])[0x01, 0x80, 0xFF])
            {
                bytes[i] ^= change;
                var refusal = Assert.Throws<ModelFormatException>(() => ModelScene.Read(bytes));
                Assert.Contains("the file", refusal.Message, StringComparison.Ordinal);
                bytes[i] ^= change;
            }
        }
    }

    [Fact]
    public void Read_CutOffAnywhere_IsRefused()
    {
        byte[] bytes = ModelScene.Bytes(ModelScene.LinearFile());
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            Assert.Throws<ModelFormatException>(() => ModelScene.Read(cut));
            Assert.Throws<ModelFormatException>(() => ModelFile.Read(new TrickleStream(cut, 7), "the file"));
        }

        Assert.Throws<ModelFormatException>(() => ModelScene.Read([.. bytes, 0]));
    }

    [Fact]
    public void Read_FromAStreamThatTrickles_GivesTheModel()
    {
        using var stream = new TrickleStream(ModelScene.Bytes(ModelScene.LinearFile()), 7);

        Assert.Equal("home@1", ModelFile.Read(stream, "the file").Card.ToString());
    }

    [Fact]
    public void Read_ADamagedSection_NamesItAndItsPlace()
    {
        byte[] bytes = ModelScene.Bytes(ModelScene.LinearFile());
        bytes[^40] ^= 1;

        var refusal = Assert.Throws<ModelFormatException>(() => ModelScene.Read(bytes));
        Assert.Contains("section 'weights'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ANewerFormat_SaysSo()
    {
        byte[] bytes = ModelScene.Bytes(ModelScene.LinearFile());
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), 2);

        var refusal = Assert.Throws<ModelFormatException>(() => ModelScene.Read(bytes));
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ANewerRevisionOfTheKind_SaysSo()
    {
        ModelFile newer = ModelFile.Create(ModelScene.Card(), new StrongBox(), new BoxCodec(revision: 3));
        ModelFile older = ModelFile.Create(ModelScene.Card(), new StrongBox(), new BoxCodec(revision: 1));

        Assert.Contains(
            "newer version",
            Assert.Throws<ModelFormatException>(() => newer.Decode(new BoxCodec(revision: 2))).Message,
            StringComparison.Ordinal);
        Assert.NotNull(older.Decode(new BoxCodec(revision: 2)));
    }

    [Fact]
    public void Decode_AnotherKind_SaysWhichItIs()
    {
        var refusal = Assert.Throws<ModelFormatException>(() => ModelScene.LinearFile().Decode(ModelCodecs.Trees));

        Assert.Contains("'linear', not 'trees'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LengthsThatLie_AllocatesNoMoreThanTheFile()
    {
        // A well-formed head that promises a section of a gigabyte, with a right checksum, on a stream that cannot tell its length.
        byte[] bytes = Promise(sectionBytes: 1 << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ModelFormatException>(() => ModelFile.Read(new TrickleStream(bytes, 7), "the file"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Contains(
            "allowed",
            Assert.Throws<ModelFormatException>(() => ModelFile.Read(new TrickleStream(bytes, 7), "the file", maxBytes: 1 << 20)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCount_MoreThanTheSectionHolds_IsRefused()
    {
        ModelFile file = ModelFile.Create(ModelScene.Card(), new StrongBox(), new BoxCodec(revision: 1, count: int.MaxValue));

        Assert.Throws<ModelFormatException>(() => file.Section("box").ReadCount(8));
        Assert.Throws<ModelFormatException>(() => file.Section("box").ReadSingles(int.MaxValue));
        Assert.Throws<ModelFormatException>(() => file.Section("box").ReadText());
        Assert.Throws<ModelFormatException>(() => file.Section("none"));
    }

    [Fact]
    public void Save_OverAnOldFileAndALeftover_ReplacesBoth()
    {
        string path = _folder.PathOf("model" + ModelFile.Extension);
        File.WriteAllText(path + ".tmp", "half a model");
        ModelScene.LinearFile().Save(path);
        ModelScene.LinearFile("2").Save(path);

        Assert.Equal("2", ModelFile.Load(path).Card.Version);
        Assert.Equal("2", ModelFile.LoadCard(path).Version);
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void LoadCard_ADamagedModel_StillGivesTheCard()
    {
        string path = _folder.PathOf("model" + ModelFile.Extension);
        byte[] bytes = ModelScene.Bytes(ModelScene.LinearFile());
        bytes[^40] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal("1", ModelFile.LoadCard(path).Version);
        Assert.Contains(path, Assert.Throws<ModelFormatException>(() => ModelFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("ä")]
    public void Create_ANameThatIsNoFileName_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => ModelFile.Create(ModelScene.Card(name), ModelScene.Linear(), ModelCodecs.Linear));

    [Fact]
    public void Create_AMetricThatIsNotFinite_IsRefused() => Assert.Throws<ArgumentException>(() => ModelFile.Create(
        ModelScene.Card() with { Metrics = ModelScene.Card().Metrics.SetItem("auc", double.NaN) },
        ModelScene.Linear(),
        ModelCodecs.Linear));

    // A file of format 1 as this library wrote it first: it must be read for ever.
    [Fact]
    public void Read_AFileOfFormat1_GivesTheModel()
    {
        ModelFile file = ModelScene.Read(Convert.FromBase64String(FormatOne.Linear));
        LinearModel model = file.Decode(ModelCodecs.Linear);

        Assert.Equal("home@1", file.Card.ToString());
        Assert.Equal(0.75, file.Card.Metrics["ndcg@10"]);
        Assert.Equal(ModelScene.Linear(layout: ModelScene.Layout).Weights.AsEnumerable(), model.Weights);
        Assert.Equal(ModelScene.Layout.Hash, model.LayoutHash);
    }

    private static byte[] Promise(long sectionBytes)
    {
        byte[] name = Encoding.ASCII.GetBytes("card");
        byte[] head = new byte[24 + 1 + name.Length + 8 + 32];
        ((byte[])[0x89, 0x53, 0x53, 0x4D, 0x46, 0x0D, 0x0A, 0x1A]).CopyTo(head, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), 1);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), head.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(16), head.Length + sectionBytes + 32);
        head[24] = (byte)name.Length;
        name.CopyTo(head, 25);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(25 + name.Length), sectionBytes);
        return [.. head, .. SHA256.HashData(head)];
    }

    private sealed class StrongBox;

    private sealed class BoxCodec(int revision, int count = 0) : IModelCodec<StrongBox>
    {
        public string Kind => "box";

        public int Revision => revision;

        public void Write(StrongBox model, ModelFileBuilder file) => file.Section("box").WriteInt32(count);

        public StrongBox Read(ModelFile file)
        {
            file.Section("box").ReadInt32();
            return new StrongBox();
        }
    }
}
