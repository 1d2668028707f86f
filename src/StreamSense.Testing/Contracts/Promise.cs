using System.Diagnostics.CodeAnalysis;

namespace StreamSense.Testing.Contracts;

/// <summary>Checks of what contracts promise.</summary>
internal static class Promise
{
    private const int Rounds = 50;

    /// <summary>Checks a condition.</summary>
    /// <param name="isKept">Whether the promise is kept.</param>
    /// <param name="message">What was promised, and what was found.</param>
    public static void Keep([DoesNotReturnIf(false)] bool isKept, string message)
    {
        if (!isKept)
        {
            throw new ContractViolationException(message);
        }
    }

    /// <summary>Checks that numbers have the same bits.</summary>
    public static void KeepBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, string promise)
    {
        Keep(expected.Length == found.Length, $"{promise}: {expected.Length} numbers became {found.Length}.");
        for (int i = 0; i < expected.Length; i++)
        {
            Keep(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(found[i]),
                $"{promise}: number {i} is {found[i]:g9} instead of {expected[i]:g9}.");
        }
    }

    /// <summary>Checks that an action allocates nothing on the thread that runs it, once it is warm.</summary>
    /// <remarks>A collection in between can shift the thread's counter; what is really allocated is allocated in every round, so the least
    /// of several rounds counts.</remarks>
    public static void AllocatesNothing(Action action, string who)
    {
        action();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = allocated < 0 ? least : Math.Min(least, allocated);
        }

        Keep(least == 0, $"{who} allocates {least} bytes a call.");
    }

    /// <summary>Checks that an action refuses its arguments.</summary>
    public static void Refuses(Action action, string who)
    {
        try
        {
            action();
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new ContractViolationException($"{who} throws no ArgumentException.");
    }
}
