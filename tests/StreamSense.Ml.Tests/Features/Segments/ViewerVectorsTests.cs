using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class ViewerVectorsTests
{
    [Fact]
    public void Of_Book_GivesARowAViewer()
    {
        var vocabulary = new Vocabulary();
        using var book = new ViewerBook(vocabulary, 10);
        ContextId context = vocabulary.Contexts.Intern(new EventContext { Consent = ConsentPurposes.All });
        ViewFact begun = World.Fact(ViewFactKind.FirstFrame, "a", 2, 0);
        ViewFact ended = World.Fact(ViewFactKind.Ended, "a", 2, 7200, watch: 7200);
        begun.Context = ended.Context = context;
        ViewFact other = World.Fact(ViewFactKind.Ended, "a", 1, 86_400, watch: 3600);
        other.Context = context;
        ((IViewFactConsumer)book).Consume([begun, ended, other]);

        ViewerVectors vectors = ViewerVectors.Of(book, World.At(86_400));

        Assert.Equal([World.Viewer(1), World.Viewer(2)], vectors.Viewers.ToArray());
        float[] rows = vectors.Rows.ToArray();
        Assert.Equal([0f, Ln(1), float.NaN, float.NaN, 0f, 0f], rows[..6]);
        Assert.Equal([Ln(1), Ln(2), Ln(2), Ln(1), Ln(1), 0f], rows[6..]);
        Assert.Equal(6, ViewerVectors.ColumnNames.Length);
        RfmPoint point = Assert.Single(RfmModel.PointsOf(book, World.At(86_400)));
        Assert.Equal(new RfmPoint(World.Viewer(2), 1, 1, 2), point);
    }

    private static float Ln(double value) => (float)Math.Log(1 + value);
}
