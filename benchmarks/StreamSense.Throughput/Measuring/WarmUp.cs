using System.Diagnostics;
using System.Runtime;

namespace StreamSense.Throughput.Measuring;

/// <summary>Runs code until the runtime is done with compiling it.</summary>
/// <remarks>
/// The runtime compiles a method anew, better each time, when it was called often enough and nothing new was called for 100 ms. Rounds that
/// begin before show the time of code that no long-running service has; a fixed number of calls is too few on a slow or busy machine.
/// </remarks>
public static class WarmUp
{
    private const int FewestPasses = 3;
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(8);

    /// <summary>Repeats a pass until no method was compiled for four times the runtime's own delay, or for eight seconds.</summary>
    /// <param name="pass">Runs every contender for about as long as a round.</param>
    public static void Run(Action pass)
    {
        long start = Stopwatch.GetTimestamp();
        long lastCompiled = start;
        long methods = -1;
        for (int i = 0; i < FewestPasses || Stopwatch.GetElapsedTime(lastCompiled) < Settled; i++)
        {
            pass();
            long now = JitInfo.GetCompiledMethodCount();
            if (now != methods)
            {
                methods = now;
                lastCompiled = Stopwatch.GetTimestamp();
            }

            if (Stopwatch.GetElapsedTime(start) > Most)
            {
                return;
            }
        }
    }
}
