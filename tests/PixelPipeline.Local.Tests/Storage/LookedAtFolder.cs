using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Storage;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>A folder whose objects are delivered look by look, as the test says, by a clock that the test moves.</summary>
internal sealed class LookedAtFolder : IDisposable
{
    public static readonly LogDropOptions Options = new();

    private readonly TempFolder _temp = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _function;
    private PushEndpoint _endpoint = null!;
    private ObjectPush _push = null!;

    public LookedAtFolder(Uri function)
    {
        _function = function;
        Root = Directory.CreateDirectory(Path.Combine(_temp.Path, "bucket")).FullName;
        Start();
    }

    public string Root { get; }

    public string StateFile => Path.Combine(_temp.Path, "log-drop.json");

    public ManualTime Time { get; } = new();

    public ObjectDeliveries Deliveries { get; private set; } = null!;

    /// <summary>Puts a file into the folder.</summary>
    /// <param name="name">Its path there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="written">Seconds, which tell two contents of one length apart.</param>
    public void Put(string name, string content, int written = 0)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 20, 11, 12, written, DateTimeKind.Utc));
    }

    public void Look() => Deliveries.Look(_stopping.Token, _abort.Token);

    /// <summary>Looks, waits for the pushes that this began, and looks again, which takes in how they ended.</summary>
    public async Task LookAndWaitAsync()
    {
        Look();
        await Deliveries.AttemptsEndAsync();
        Look();
    }

    /// <summary>Goes on as the next run on the same folders: without what is in memory.</summary>
    public void Restart()
    {
        _endpoint.Dispose();
        _push.Dispose();
        Start();
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _push.Dispose();
        _abort.Dispose();
        _stopping.Dispose();
        _temp.Dispose();
    }

    private void Start()
    {
        var folder = new BucketFolder(Root, Options.Bucket, NullLogger.Instance);
        _endpoint = new PushEndpoint(_function, Options.MaxInFlight, Options.AckDeadline, TimeProvider.System, NullLogger.Instance);
        _push = new ObjectPush(folder, new FinalizedEvent(_function, Options.Bucket), _endpoint, Options.MaxInFlight);
        Deliveries = new ObjectDeliveries(folder, DeliveredObjects.Load(StateFile, Root), _push, Options, Time, NullLogger.Instance);
    }
}
