using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class RecencyListTests
{
    [Fact]
    public void Oldest_AnyTouchesAndRemovals_AndThoseAfterItAreAPlainList() => Prop.ForAll<int[]>(steps =>
    {
        var list = new RecencyList();
        var model = new List<int>();
        foreach (int step in steps)
        {
            int row = Math.Abs(step % 9);
            bool removes = step < 0;
            if (!model.Remove(row))
            {
                if (!removes)
                {
                    list.Add(row);
                }
            }
            else if (removes)
            {
                list.Remove(row);
            }
            else
            {
                list.Touch(row);
            }

            if (!removes)
            {
                model.Add(row);
            }

            if (!OrderOf(list).SequenceEqual(model))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<int> OrderOf(RecencyList list)
    {
        for (int row = list.Oldest; row >= 0; row = list.NewerThan(row))
        {
            yield return row;
        }
    }
}
