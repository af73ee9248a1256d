using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Tests.Snapshots;

internal sealed class SharedReadingTests
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(60);

    [Test]
    public async Task GetAsync_ManyViewersAtOnce_ShareOneReading()
    {
        var release = new TaskCompletionSource();
        var count = 0;
        using var shared = new SharedReading<string>(async (_, _) =>
        {
            await release.Task;
            return $"reading {Interlocked.Increment(ref count)}";
        }, Refresh, new ManualTime());

        var viewers = Enumerable.Range(0, 50).Select(_ => shared.GetAsync(CancellationToken.None)).ToList();
        release.SetResult();
        Assert.That(await Task.WhenAll(viewers), Is.All.EqualTo("reading 1"));
    }

    [Test]
    public async Task GetAsync_AgeOfTheReading_DecidesWhetherItIsTheLastOne()
    {
        var time = new ManualTime();
        var count = 0;
        using var shared = new SharedReading<string>((previous, _) => Task.FromResult($"{previous}{++count}"), Refresh, time);
        Assert.That(await shared.GetAsync(CancellationToken.None), Is.EqualTo("1"));
        time.Advance(Refresh - TimeSpan.FromTicks(1));
        Assert.That(await shared.GetAsync(CancellationToken.None), Is.EqualTo("1"));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await shared.GetAsync(CancellationToken.None), Is.EqualTo("12"));
    }

    [Test]
    public async Task GetAsync_AViewerLeaves_TheReadingGoesOnForTheOthers()
    {
        var release = new TaskCompletionSource();
        using var shared = new SharedReading<string>(async (_, _) =>
        {
            await release.Task;
            return "read";
        }, Refresh, new ManualTime());
        using var left = new CancellationTokenSource();
        var leaver = shared.GetAsync(left.Token);
        var stayer = shared.GetAsync(CancellationToken.None);
        await left.CancelAsync();
        release.SetResult();
        Assert.That(async () => await leaver, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await stayer, Is.EqualTo("read"));
    }

    [Test]
    public async Task WatchAsync_TimePasses_GivesEachNewReadingUntilTheViewerLeaves()
    {
        var count = 0;
        using var shared = new SharedReading<string>((_, _) => Task.FromResult($"{++count}"), TimeSpan.FromMilliseconds(1), TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var seen = new List<string>();
        await foreach (var reading in shared.WatchAsync(leaving.Token))
        {
            seen.Add(reading);
            if (seen.Count == 3)
            {
                await leaving.CancelAsync();
            }
        }

        Assert.That(seen, Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(count, Is.EqualTo(3), "nobody looks, nothing is read");
    }
}
