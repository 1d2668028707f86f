using System.Globalization;
using System.Text.Json;
using StreamSense.Tool.CommandLine;

namespace StreamSense.Tool.Tests.CommandLine;

public sealed class EvaluateCommandTests : IDisposable
{
    private const string Mapping =
        """
        {
          "name": "mine", "version": 1,
          "source": { "format": "delimited", "delimiter": ";", "columns": ["who", "what", "stars", "at"] },
          "idSpace": "mine",
          "events": [ { "kind": "rating", "fields": {
            "viewer": "who", "title": { "from": "what", "prefix": "" }, "value": "stars", "scale": [1, 5],
            "time": { "from": "at", "time": "unix_s" } } } ]
        }
        """;

    private static readonly string[] Documented =
        ["ndcg@10", "recall@10", "recall@20", "precision@10", "map@10", "hr@10", "mrr"];

    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Evaluate_Popularity_IsWhatHandComputationSaysAsync()
    {
        // 10 is taken three times, 9 twice, 30 once and 7 never. User a has 10: 9, 30, 7 are left, of which 30 is to be found.
        string train = _files.Write("train.csv", "userId,movieId,rating,timestamp", "a,10,5,100", "b,10,4,100", "b,9,4,100", "c,10,1,100", "c,9,1,100", "c,30,1,100");
        string test = _files.Write("test.csv", "userId,movieId,rating,timestamp", "a,30,1,200", "b,7,5,200");

        ToolRun run = await EvaluateAsync("popularity", train, test);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonElement metrics = run.Json.GetProperty("metrics");
        Assert.Equal("popularity", run.Json.GetProperty("model").GetString());
        Assert.Equal(2, run.Json.GetProperty("users").GetInt32());
        Assert.Equal(4, run.Json.GetProperty("items").GetInt32());

        // Both stand second: b is left with 30 and 7.
        Assert.Equal(1 / Math.Log2(3), metrics.GetProperty("ndcg@10").GetDouble(), 12);
        Assert.Equal(0.5, metrics.GetProperty("mrr").GetDouble(), 12);
        Assert.Equal(0.1, metrics.GetProperty("precision@10").GetDouble(), 12);
        Assert.All(Documented, name => Assert.InRange(metrics.GetProperty(name).GetDouble(), 0, 1));
        Assert.False(metrics.TryGetProperty("rmse", out _));
        Assert.True(run.Json.GetProperty("seconds").GetDouble() >= 0);
        Assert.True(run.Json.GetProperty("peakMemoryMb").GetDouble() > 1);
        Assert.Equal(["popularity", "trending"], run.Json.GetProperty("baselines").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Evaluate_EqualScores_RanksByIdAsANumberAsync()
    {
        string train = _files.Write("train.tsv", "1\t2", "2\t10", "3\t7");
        string test = _files.Write("test.tsv", "1\t7", "2\t2");

        ToolRun run = await EvaluateAsync("popularity", train, test);

        // For user 1 the order is 7, 10; for user 2 it is 2, 7. By text 10 would stand before 2 and 7.
        Assert.Equal(1, run.Json.GetProperty("metrics").GetProperty("mrr").GetDouble());
    }

    [Fact]
    public async Task Evaluate_AnyForm_GivesTheSameMetricsAsync()
    {
        (string[] train, string[] test) = Rows();
        string map = _files.Write("map.json", Mapping);
        string columns = _files.Write("columns.json", """{ "user": 1, "item": "what", "rating": 0, "time": 3, "separator": ",", "header": true }""");
        string lines = _files.Write("columns.txt", "user=1", "item = 2", "rating=0", "# time is left out", "separator=,", "header=true");
        string[] Swapped(string[] rows) => ["stars,who,what,at", .. rows.Select(row => row.Split(',') is var cells
            ? $"{cells[2]},{cells[0]},\"{cells[1]}\",{cells[3]}" : "")];
        var forms = new (string Name, Func<string[], string[]> Write, string? Map)[]
        {
            ("plain.csv", rows => rows, null),
            ("header.csv", rows => ["item_id,timestamp,score,User Id", .. rows.Select(Reordered)], null),
            ("colons.dat", rows => [.. rows.Select(row => row.Replace(",", "::"))], null),
            ("spaces.txt", rows => [.. rows.Select(row => row.Replace(',', ' '))], null),
            ("events.ndjson", rows => [.. rows.Select(Event)], null),
            ("mapped.txt", rows => [.. rows.Select(row => row.Replace(',', ';'))], map),
            ("named.csv", Swapped, columns),
            ("numbered.csv", Swapped, lines),
        };
        var found = new List<string>();
        foreach ((string name, Func<string[], string[]> write, string? mapFile) in forms)
        {
            string trainFile = _files.Write("train-" + name, write(train));
            string testFile = _files.Write("test-" + name, write(test));
            string[] more = mapFile is null ? [] : ["--map", mapFile];
            ToolRun run = await EvaluateAsync("item-knn", trainFile, testFile, [.. more, "--options", "neighbours=5,shrinkage=1,weighting=none"]);
            Assert.True(run.ExitCode == ExitCode.Success, name + ": " + run.Error);
            Assert.Equal("", run.Error);
            found.Add(run.Json.GetProperty("metrics").GetRawText());
        }

        Assert.All(found, metrics => Assert.Equal(found[0], metrics));
    }

    [Theory]
    [InlineData("popularity")]
    [InlineData("trending")]
    [InlineData("item-knn")]
    [InlineData("ease")]
    [InlineData("ials", "dimensions=4,sweeps=2")]
    [InlineData("bpr", "dimensions=4,epochs=2")]
    [InlineData("mf", "dimensions=2,epochs=2")]
    public async Task Evaluate_EveryModel_IsRepeatedToTheBitAsync(string model, string? options = null)
    {
        (string[] train, string[] test) = Rows();
        string trainFile = _files.Write("train.csv", train);
        string testFile = _files.Write("test.csv", test);
        string[] more = options is null ? ["--seed", "3"] : ["--seed", "3", "--options", options];

        ToolRun first = await EvaluateAsync(model, trainFile, testFile, more);
        ToolRun second = await EvaluateAsync(model, trainFile, testFile, more);

        Assert.Equal(model, first.Json.GetProperty("model").GetString());
        Assert.Equal(first.Json.GetProperty("metrics").GetRawText(), second.Json.GetProperty("metrics").GetRawText());
        Assert.Equal(model is "mf", first.Json.GetProperty("metrics").TryGetProperty("rmse", out _));
        Assert.Equal(model is "mf", first.Json.GetProperty("metrics").TryGetProperty("mae", out _));
    }

    [Fact]
    public async Task Evaluate_OtherK_AddsItsMetricsAsync()
    {
        (string[] train, string[] test) = Rows();

        ToolRun run = await EvaluateAsync("popularity", _files.Write("a.csv", train), _files.Write("b.csv", test), "--k", "3");

        JsonElement metrics = run.Json.GetProperty("metrics");
        Assert.True(metrics.GetProperty("recall@3").GetDouble() <= metrics.GetProperty("recall@10").GetDouble());
        Assert.All(Documented, name => Assert.True(metrics.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task Evaluate_MalformedRows_AreCountedAndTheRestIsUsedAsync()
    {
        string train = _files.Write("train.csv", "user,item,rating,time", "a,1,5,1", "b,1,five,1", "c", ",2,3,4", "d,2,3,yesterday-ish", "e,2,,7", "");
        string test = _files.Write("test.csv", "user,item,rating,time", "a,2,5,2");

        ToolRun run = await EvaluateAsync("popularity", train, test);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonElement rejected = run.Json.GetProperty("rejected").GetProperty("train");
        Assert.Equal(
            [("InvalidRating", 1), ("InvalidTime", 1), ("NoId", 1), ("TooFewColumns", 1)],
            rejected.EnumerateObject().Select(member => (member.Name, member.Value.GetInt32())));
        Assert.Equal(2, run.Json.GetProperty("trainInteractions").GetInt32());
        Assert.Contains("line 3: 'five' is no rating", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_PlaysWithoutRatings_CountAsTakenAsync()
    {
        string Play(string viewer, string title, int second) =>
            $$"""{"kind":"playback_request","view":"{{viewer}}{{title}}","time":"2024-01-01T00:00:{{second:00}}Z","viewer":"{{viewer}}","title":"{{title}}"}""";
        string train = _files.Write("train.ndjson", Play("a", "x", 1), Play("b", "x", 2), Play("b", "y", 3));
        string test = _files.Write("test.ndjson", Play("a", "y", 4));

        ToolRun run = await EvaluateAsync("popularity", train, test);

        Assert.Equal(1, run.Json.GetProperty("metrics").GetProperty("mrr").GetDouble());
        Assert.Equal(3, run.Json.GetProperty("trainInteractions").GetInt32());
    }

    [Fact]
    public async Task Evaluate_WithoutJson_PrintsATableAsync()
    {
        (string[] train, string[] test) = Rows();

        ToolRun run = await ToolRun.OfAsync(
            "evaluate", "--model", "popularity", "--train", _files.Write("a.csv", train), "--test", _files.Write("b.csv", test));

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("ndcg@10", run.Output, StringComparison.Ordinal);
        Assert.Contains("trending", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it has regularisation", "--options", "lamda=3")]
    [InlineData("takes a number or auto, not 'much'", "--options", "lambda=much")]
    [InlineData("cannot be trained so", "--options", "regularisation=-1")]
    [InlineData("takes NAME=VALUE", "--options", "regularisation")]
    [InlineData("--k is 1 to 1000", "--k", "0")]
    [InlineData("--k is 1 to 1000, not 'ten'", "--k", "ten")]
    [InlineData("not 'first'", "--seed", "first")]
    public async Task Evaluate_WrongArgument_SaysWhatIsThereAsync(string complaint, params string[] more)
    {
        (string[] train, string[] test) = Rows();

        ToolRun run = await EvaluateAsync("ease", _files.Write("a.csv", train), _files.Write("b.csv", test), more);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("1.0,10.0,5,100", "2.0,20.0,5,100", "1,20,5,200")]
    [InlineData("user_id:token,item_id:token,rating:float,timestamp:float", "1,10,5,100", "2,20,5,100", "1,20,5,200")]
    [InlineData("user_id,film_code,rating", "1,10,5", "2,20,5", "1,20,5")]
    [InlineData("row,userId,movieId,rating_timestamp", "0,1,10,100", "1,2,20,100", "2,1,20,200")]
    public async Task Evaluate_FormsThatPeopleBring_AreUnderstoodAsync(params string[] lines)
    {
        bool hasHeader = !char.IsDigit(lines[0][0]);
        string train = _files.Write("train.csv", lines[..^1]);
        string test = _files.Write("test.csv", hasHeader ? [lines[0], lines[^1]] : [lines[^1]]);

        ToolRun run = await EvaluateAsync("popularity", train, test);

        Assert.Equal(2, run.Json.GetProperty("items").GetInt32());
        Assert.Equal(1, run.Json.GetProperty("metrics").GetProperty("mrr").GetDouble());
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("""{"user":0,"item":1,"rating":2}""")]
    [InlineData("user=#1, item=#2, rating=#3")]
    public async Task Evaluate_ColumnsByNumber_AreNotTakenForNamesAsync(string text)
    {
        // The first row has the cells 0 and 1, which are no names of columns.
        string train = _files.Write("train.tsv", "1\t0\t5", "2\t1\t5", "2\t0\t5");
        string test = _files.Write("test.tsv", "1\t1\t5");

        ToolRun run = await EvaluateAsync("popularity", train, test, "--map", _files.Write("map", text));

        Assert.Equal("", run.Error);
        Assert.Equal(3, run.Json.GetProperty("trainInteractions").GetInt32());
    }

    [Fact]
    public async Task Evaluate_HeaderWithoutItems_IsNoGuessAsync()
    {
        string file = _files.Write("a.csv", "row,user_id,film_code,rating", "0,1,10,5");

        ToolRun run = await EvaluateAsync("popularity", file, file);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("no column of items among row, user_id, film_code, rating", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ZipArchive_IsRefusedAsync()
    {
        string file = _files.PathOf("a.zip");
        await File.WriteAllBytesAsync(file, [.. "PK\u0003\u0004"u8, 0, 0]);

        ToolRun run = await EvaluateAsync("popularity", file, file);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("it is a zip archive", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Evaluate_Pipe_IsReadWholeAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs mkfifo");
        string pipe = _files.PathOf("pipe");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await mkfifo.WaitForExitAsync();
        }

        string test = _files.Write("test.csv", "userId,movieId,rating", "1,20,5");
        Task writing = Task.Run(() => File.WriteAllTextAsync(pipe, "userId,movieId,rating\n1,10,5\n2,20,5\n"));

        ToolRun run = await EvaluateAsync("popularity", pipe, test);

        await writing;
        Assert.Equal("", run.Error);
        Assert.Equal(2, run.Json.GetProperty("trainInteractions").GetInt32());
    }

    [Fact]
    public async Task Evaluate_FilesThatCannotBeUsed_SayWhyAsync()
    {
        (string[] train, _) = Rows();
        string good = _files.Write("a.csv", train);
        (string Train, string Test, string? Map, string Complaint)[] cases =
        [
            (good, _files.PathOf("none.csv"), null, "there is no such file"),
            (good, _files.Write("empty.csv"), null, "none of 0 records"),
            (_files.Write("odd.csv", "x,y,z", "1,2,3"), good, _files.Write("m1.txt", "user=who", "item=y"), "no column 'who'"),
            (good, good, _files.Write("m2.txt", "colour=red"), "'colour' is unknown; names are user, item, rating, time"),
            (good, good, _files.Write("m3.json", "{ nonsense"), "is not JSON"),
            (good, good, _files.Write("m4.json", """{ "name": "m", "source": { "format": "delimited" }, "events": 3 }"""), "m4.json"),
        ];
        foreach ((string trainFile, string testFile, string? map, string complaint) in cases)
        {
            ToolRun run = await EvaluateAsync("popularity", trainFile, testFile, map is null ? [] : ["--map", map]);
            Assert.Equal(ExitCode.Unusable, run.ExitCode);
            Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Evaluate_SampleMapping_ReadsMovieLensAsync()
    {
        string? mapping = Above("samples/mappings/movielens.json");
        Assert.NotNull(mapping);
        string train = _files.Write("train.csv", "userId,movieId,rating,timestamp", "1,10,4.5,964982703", "2,10,3.0,964982704", "2,20,3.0,964982705");
        string test = _files.Write("test.csv", "userId,movieId,rating,timestamp", "1,20,2.0,964982800");

        ToolRun run = await EvaluateAsync("popularity", train, test, "--map", mapping);

        Assert.Equal(1, run.Json.GetProperty("metrics").GetProperty("hr@10").GetDouble());
    }

    private static Task<ToolRun> EvaluateAsync(string model, string train, string test, params string[] more) =>
        ToolRun.OfAsync(["evaluate", "--model", model, "--train", train, "--test", test, "--json", .. more]);

    // Forty users of two tastes, thirty items: enough for every model to have something to learn.
    private static (string[] Train, string[] Test) Rows()
    {
        var random = new Random(17);
        var train = new List<string>();
        var test = new List<string>();
        for (int user = 1; user <= 40; user++)
        {
            int[] items = [.. Enumerable.Range(1, 30).OrderBy(item => random.NextDouble() + ((item + user) % 2)).Take(10)];
            for (int i = 0; i < items.Length; i++)
            {
                int rating = 1 + ((items[i] + user) % 5);
                string row = string.Create(CultureInfo.InvariantCulture, $"{user},{items[i]},{rating},{1_700_000_000 + (user * 100) + i}");
                (i < 7 ? train : test).Add(row);
            }
        }

        return ([.. train], [.. test]);
    }

    private static string Reordered(string row) => row.Split(',') is [var user, var item, var rating, var time] ? $"{item},{time},{rating},{user}" : "";

    private static string Event(string row) => row.Split(',') is [var user, var item, var rating, var time]
        ? $$"""{"kind":"rating","time":{{time}}000,"viewer":"{{user}}","title":"{{item}}","value":{{rating}},"scale":[1,5]}"""
        : "";

    private static string? Above(string file)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, file)))
            {
                return Path.Combine(at.FullName, file);
            }
        }

        return null;
    }
}
