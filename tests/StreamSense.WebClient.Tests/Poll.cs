namespace StreamSense.WebClient.Tests;

/// <summary>Asks until it is so.</summary>
internal static class Poll
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether a condition came true before patience ended.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        long rounds = (long)(Patience / timer.Period);
        for (long round = 0; round < rounds; round++)
        {
            if (await condition())
            {
                return true;
            }

            await timer.WaitForNextTickAsync();
        }

        return false;
    }

    /// <summary>Whether a condition came true before patience ended.</summary>
    public static Task<bool> UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));
}
