using System.Net;
using Google.Apis.Http;
using Google.Apis.Json;
using Google.Apis.Util;
using Newtonsoft.Json;

namespace Google.Cloud.BigQuery.V2;

/// <summary>
/// Sends again what BigQuery asks to send again: 502, and errors whose reasons all pass by themselves. 503 is the
/// service's own back-off; how often either tries is <see cref="ConfigurableMessageHandler.NumTries"/>.
/// </summary>
internal sealed class RetryHandler : IHttpUnsuccessfulResponseHandler
{
    internal static readonly RetryHandler Instance = new();

    public async Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args)
    {
        if (!args.SupportsRetry || !await IsRetriableAsync(args.Response))
        {
            return false;
        }

        // 1 s, 2 s, 4 s … 32 s.
        var seconds = 1 << Math.Min(args.CurrentFailedTry - 1, 5);
        await Task.Delay(TimeSpan.FromSeconds(seconds), args.CancellationToken);
        return true;
    }

    private static async Task<bool> IsRetriableAsync(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.BadGateway)
        {
            return true;
        }

        try
        {
            var body = await response.Content.ReadAsStringAsync();
            var errors = NewtonsoftJsonSerializer.Instance.Deserialize<StandardResponse<object>>(body)?.Error?.Errors;
            return errors is not null && errors.All(error => error.Reason is "rateLimitExceeded" or "backendError");
        }
        catch (JsonException)
        {
            // Whatever answered with HTML is not BigQuery.
            return false;
        }
    }
}
