using System.Text;
using StreamSense.Core;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class MapASourceTests
{
    [Fact]
    public async Task Door_RatingsOfAFile_AreTaken()
    {
        string file = RepositoryFiles.PathOf("samples/mappings/movielens.json");
        byte[] csv = Encoding.UTF8.GetBytes("userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n");
        await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder().Build();
        pipeline.Start();
        #region docs/how-to/map-a-source.md
        SourceMapping mapping = SourceMapping.Load(file);
        using TranslatedDoor door = pipeline.OpenDoor(new MappingTranslator(mapping));
        door.Ingest.Feed(csv);
        IngestResult result = door.Ingest.Complete();
        #endregion

        Assert.Equal(1, result.Written);
    }
}
