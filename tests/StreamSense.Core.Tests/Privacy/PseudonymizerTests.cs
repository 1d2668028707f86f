using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Privacy;

public sealed class PseudonymizerTests
{
    private static readonly PseudonymKey Key = PseudonymKey.FromSecret("0123456789abcdef"u8);

    [Fact]
    public void Viewer_SameKey_IsTheSamePseudonym() =>
        Assert.Equal(new Pseudonymizer(Key).Viewer("anna"u8), new Pseudonymizer(PseudonymKey.FromSecret("0123456789abcdef"u8)).Viewer("anna"u8));

    [Fact]
    public void Viewer_AnotherKey_IsAnotherPseudonym() =>
        Assert.NotEqual(new Pseudonymizer(Key).Viewer("anna"u8), new Pseudonymizer(PseudonymKey.CreateRandom()).Viewer("anna"u8));

    [Fact]
    public void Pseudonyms_OfOneTextInSeveralRoles_CannotBeJoined()
    {
        var names = new Pseudonymizer(Key);
        ulong[] roles =
        [
            names.Viewer("x"u8).Value, names.Household("x"u8).Value, names.Device("x"u8).Value, names.View("x"u8).Value,
            names.Visit("x"u8).Value, names.Request("x"u8).Value, names.EventFrom("x"u8).Value, names.Other("x"u8),
            names.EventFromContent("x"u8).Value,
        ];
        Assert.Equal(roles.Length, roles.Distinct().Count());
    }

    [Fact]
    public void Pseudonyms_OfNothing_AreNone()
    {
        var names = new Pseudonymizer(Key);
        Assert.True(names.Viewer(default).IsNone);
        Assert.True(names.View(default).IsNone);
    }

    [Fact]
    public void EventFrom_SourceViewAndNumber_EachTell()
    {
        var names = new Pseudonymizer(Key);
        ViewId view = names.View("v"u8);
        EventId id = names.EventFrom("web"u8, view, 1);
        Assert.Equal(id, names.EventFrom("web"u8, view, 1));
        Assert.NotEqual(id, names.EventFrom("tv"u8, view, 1));
        Assert.NotEqual(id, names.EventFrom("web"u8, names.View("w"u8), 1));
        Assert.NotEqual(id, names.EventFrom("web"u8, view, 2));
    }

    [Fact]
    public void FromSecret_TooShort_Throws() =>
        Assert.Throws<ArgumentException>(() => PseudonymKey.FromSecret("short"u8));

    [Fact]
    public void LoadOrCreate_SameFile_GivesTheSameKey()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "key");
        ViewerId first = new Pseudonymizer(PseudonymKey.LoadOrCreate(path)).Viewer("anna"u8);
        Assert.Equal(first, new Pseudonymizer(PseudonymKey.LoadOrCreate(path)).Viewer("anna"u8));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
