using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Loopback;

/// <summary>
/// Turns a process of this assembly into a function that serves nothing: the runtime calls this before <c>Main</c> where
/// DOTNET_STARTUP_HOOKS names the assembly. It ends when it is asked for <c>/end</c>.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("PORT")!, System.Globalization.CultureInfo.InvariantCulture);
        var end = new TaskCompletionSource();
        LoopbackServer.StartAsync(port, NullLoggerFactory.Instance, _ => { }, app => app.Run(context => AnswerAsync(context, end)), CancellationToken.None).Wait();
        end.Task.Wait();
        Environment.Exit(3);
    }

    private static Task AnswerAsync(HttpContext context, TaskCompletionSource end)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        if (context.Request.Path == "/end")
        {
            end.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
