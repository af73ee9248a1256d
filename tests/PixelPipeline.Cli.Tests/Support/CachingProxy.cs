using System.Diagnostics;
using System.Globalization;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>A real cache in front of a server on loopback, set to keep all that it may.</summary>
internal sealed class CachingProxy : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    private CachingProxy(string program, Func<string, IEnumerable<string>> arguments, int port)
    {
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        _process = Process.Start(new ProcessStartInfo(program, arguments(_folder.Path)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>The caches that tests try, by the names of their Debian packages.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nginx", "varnish"];

    public Uri Address { get; }

    /// <summary>Starts one, and waits until it passes requests on; the test is skipped where it is not installed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="port">The server's port.</param>
    public static async Task<CachingProxy> StartAsync(string name, int port)
    {
        var program = name == "nginx" ? "/usr/sbin/nginx" : "/usr/sbin/varnishd";
        if (!File.Exists(program))
        {
            Assert.Ignore($"{name} is not installed (apt-get install {name})");
        }

        var own = FreePort.Take();
        var proxy = new CachingProxy(program, folder => name == "nginx" ? Nginx(folder, own, port) : Varnish(folder, own, port), own);
        try
        {
            using var http = new HttpClient();
            await Eventually.IsTrueAsync(() => proxy.IsUpAsync(http), $"{name} listens");
            return proxy;
        }
        catch
        {
            proxy.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsUpAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/is-up"));
            return (int)answer.StatusCode < 500;
        }
        catch (HttpRequestException)
        {
            return _process.HasExited ? throw new InvalidOperationException("The cache ended.") : false;
        }
    }

    private static IEnumerable<string> Nginx(string folder, int own, int port)
    {
        var elsewhere = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(n => $"{n}_temp_path {folder}/{n}; "));
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            user {{Environment.UserName}}; daemon off; pid {{folder}}/nginx.pid; error_log stderr;
            events {}
            http {
              access_log off; {{elsewhere}}
              proxy_cache_path {{folder}}/cache keys_zone=all:1m;
              server {
                listen 127.0.0.1:{{own}};
                location / { proxy_pass http://127.0.0.1:{{port}}; proxy_cache all; proxy_cache_valid any 1h; proxy_cache_lock on; }
              }
            }
            """));
        return ["-p", folder, "-c", file];
    }

    private static IEnumerable<string> Varnish(string folder, int own, int port) =>
        ["-F", "-n", Path.Combine(folder, "varnish"), "-s", "malloc,16m", "-a", $"127.0.0.1:{own}", "-b", $"127.0.0.1:{port}"];
}
