using System.Net.Sockets;
using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Faults;
using PixelPipeline.Soak.Oracle;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Delivery;

/// <summary>Delivers messages to the function, and lets deliveries fail as the seed says.</summary>
internal sealed class DeliveryFaultLayer(
    int seed, bool isCalm, int maxInFlight, RunOracle oracle, FunctionUnderTest function, ActionLog log, FaultCounters faults) : IDisposable
{
    private static readonly TimeSpan AckDeadline = TimeSpan.FromSeconds(60);

    // In ten thousandths of all deliveries.
    private static readonly (DeliveryFault Fault, int Share)[] Shares =
    [
        (DeliveryFault.NeverSent, 50), (DeliveryFault.HalfSent, 20), (DeliveryFault.Aborted, 50), (DeliveryFault.AnswerLost, 100),
        (DeliveryFault.Twice, 100), (DeliveryFault.Late, 200),
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2 * maxInFlight, UseProxy = false, ActivityHeadersPropagator = null })
    {
        Timeout = AckDeadline,
    };

    private long _deliveries;

    /// <summary>How many requests the function was sent.</summary>
    public long Deliveries => Interlocked.Read(ref _deliveries);

    /// <summary>Delivers a message; true if it counts as acknowledged.</summary>
    public async Task<bool> DeliverAsync(int index, int attempt, CancellationToken cancellationToken)
    {
        var dice = new Dice(seed, Decisions.Delivery, ((long)index << 16) + attempt);
        var fault = PickFault(ref dice);
        if (fault != DeliveryFault.None)
        {
            faults.Count($"Delivery: {fault}");
        }

        var entry = EntryText.Of(oracle.EventOf(index));
        switch (fault)
        {
            case DeliveryFault.NeverSent:
                return false;
            case DeliveryFault.HalfSent:
                return await SendHalfAsync(index, entry, cancellationToken);
            case DeliveryFault.Aborted:
                return await SendAsync(index, entry, TimeSpan.FromMilliseconds(1 + dice.Next(60)), cancellationToken);
            case DeliveryFault.AnswerLost:
                await SendAsync(index, entry, AckDeadline, cancellationToken);
                return false;
            case DeliveryFault.Twice:
                var both = await Task.WhenAll(SendAsync(index, entry, AckDeadline, cancellationToken), SendAsync(index, entry, AckDeadline, cancellationToken));
                return both[0] || both[1];
            case DeliveryFault.Late:
                await Task.Delay(dice.Next(2_000), cancellationToken);
                return await SendAsync(index, entry, AckDeadline, cancellationToken);
            default:
                return await SendAsync(index, entry, AckDeadline, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private DeliveryFault PickFault(ref Dice dice)
    {
        var roll = dice.Next(10_000);
        foreach (var (fault, share) in isCalm ? [] : Shares)
        {
            if ((roll -= share) < 0)
            {
                return fault;
            }
        }

        return DeliveryFault.None;
    }

    private async Task<bool> SendAsync(int index, byte[] entry, TimeSpan patience, CancellationToken cancellationToken)
    {
        var life = function.Life;
        Interlocked.Increment(ref _deliveries);
        using var request = PushRequest.Create(function.Address, index, entry);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!answer.IsSuccessStatusCode)
            {
                faults.Count($"Function: answered {(int)answer.StatusCode}");
                return false;
            }
        }
        catch (HttpRequestException)
        {
            faults.Count("Function: connection lost");
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            faults.Count(patience == AckDeadline ? "Function: no answer in 60 s" : "Function: no answer before the delivery was broken off");
            return false;
        }

        log.Acknowledge(index);
        life.CountAcknowledged();
        return true;
    }

    private async Task<bool> SendHalfAsync(int index, byte[] entry, CancellationToken cancellationToken)
    {
        try
        {
            await PushRequest.SendHalfAsync(function.Address, index, entry, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            faults.Count("Function: connection lost");
        }

        return false;
    }
}
