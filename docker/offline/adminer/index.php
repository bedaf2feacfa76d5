<?php
// Adminer, with the server's name filled in where ADMINER_DEFAULT_SERVER gives one, as in the official image.

function adminer_object()
{
    return new class extends Adminer {
        public function loginFormField($name, $heading, $value)
        {
            $server = getenv('ADMINER_DEFAULT_SERVER');
            if ($name === 'server' && $server && empty($_GET['server'])) {
                $filled = 'value="' . htmlspecialchars($server, ENT_QUOTES) . '"';
                $value = preg_replace_callback('/value="[^"]*"/', fn () => $filled, $value, 1);
            }
            return $heading . $value;
        }
    };
}

require '/usr/share/adminer/adminer.php';
