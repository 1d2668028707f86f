namespace StreamSense.WebClient.Tests;

/// <summary>The tests of one browser, one after another: what they measure are times.</summary>
[CollectionDefinition(nameof(BrowserCollection), DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>;
